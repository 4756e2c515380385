import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { AppError } from "@/lib/platform/errors";

/** A file to import, wherever it lies: it can be read from the beginning as often as is needed. */
export interface ImportBytes {
  /** As people know it: messages name it. */
  name: string;
  size(): Promise<number>;
  /** Its bytes in pieces; throws AppError when they cannot be read. */
  read(): AsyncIterable<Buffer>;
}

/** A file of this machine. */
export function localFile(path: string): ImportBytes {
  const unreadable = (error: Error) =>
    new AppError("bad_input", `${path} cannot be read: ${error.message}`, { reason: "unreadable_file" });
  return {
    name: path,
    size: () =>
      stat(path).then(
        ({ size }) => size,
        (error: Error) => {
          throw unreadable(error);
        },
      ),
    async *read() {
      try {
        for await (const chunk of createReadStream(path)) yield chunk as Buffer;
      } catch (error) {
        throw unreadable(error as Error);
      }
    },
  };
}
