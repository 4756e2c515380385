import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/platform/errors";

const realPath = (file: string): Promise<string> => realpath(file).catch(() => path.resolve(file));

/** Refuses a name that is no file to import: nothing there, or a folder. */
export async function assertFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: Error) => {
    throw new AppError("bad_input", `${file} cannot be read: ${error.message}`);
  });
  if (found.isDirectory()) throw new AppError("bad_input", `${file} is a folder; name the file in it`);
}

/**
 * Refuses a file for refused rows that cannot be written, before the first row is stored, and one that is the very file
 * being imported: the first refused row would empty it.
 */
export async function assertRejectFile(rejectFile: string, file: string): Promise<void> {
  if ((await realPath(rejectFile)) === (await realPath(file)))
    throw new AppError("bad_input", `${rejectFile} is the file being imported: --reject names another`);
  const exists = await stat(rejectFile).then(
    () => true,
    () => false,
  );
  await access(exists ? rejectFile : path.dirname(path.resolve(rejectFile)), constants.W_OK).catch(
    (error: Error) => {
      throw new AppError(
        "bad_input",
        `${rejectFile}, the file for refused rows, cannot be written: ${error.message}. Name another with --reject`,
      );
    },
  );
}
