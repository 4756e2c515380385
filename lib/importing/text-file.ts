import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { PassThrough, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/platform/errors";

export const encodings = ["utf-8", "utf-16le", "utf-16be", "gb18030"] as const;
export type Encoding = (typeof encodings)[number];

const SAMPLE_BYTES = 4_096;

/** The bytes of a file, unpacked when they are gzip; `onBytes` is told how many bytes of the file itself were read. */
async function openBytes(path: string, onBytes: (bytes: number) => void = () => {}): Promise<Readable> {
  const file = await open(path).catch((error: Error) => {
    throw new AppError("bad_input", `${path} cannot be read: ${error.message}`);
  });
  const magic = Buffer.alloc(2);
  await file.read(magic, 0, 2, 0).finally(() => file.close());
  const bytes = createReadStream(path);
  bytes.on("data", (chunk) => onBytes(chunk.length));
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const through = isGzip ? createGunzip() : new PassThrough();
  bytes.on("error", (error) => through.destroy(error));
  through.on("close", () => bytes.destroy());
  return bytes.pipe(through);
}

/** The text of a file, chunk by chunk and without a byte order mark; bytes that mean nothing become U+FFFD. */
export async function* readText(
  path: string,
  encoding: Encoding,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder(encoding);
  try {
    for await (const chunk of await openBytes(path, onBytes)) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== "") yield text;
    }
  } catch (error) {
    throw (error as { code?: string }).code?.startsWith("Z_") ? damagedGzip(path) : error;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}

/**
 * How a file is encoded: by its byte order mark; else UTF-16 by its zero bytes; else UTF-8 when the whole of it is valid
 * UTF-8; else GB18030, in which Chinese spreadsheets are saved and of which GBK and GB2312 are parts.
 */
export async function sniffEncoding(path: string): Promise<Encoding> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  try {
    for await (const chunk of (await openBytes(path)) as AsyncIterable<Buffer>) {
      const marked = first ? markedEncoding(chunk) : null;
      if (marked) return marked;
      first = false;
      strict.decode(chunk, { stream: true });
    }
    strict.decode();
    return "utf-8";
  } catch (error) {
    const { code } = error as { code?: string };
    if (code?.startsWith("Z_")) throw damagedGzip(path);
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "gb18030";
    throw error;
  }
}

function markedEncoding(start: Buffer): Encoding | null {
  const mark = start.subarray(0, 4).toString("hex");
  if (mark.startsWith("efbbbf")) return "utf-8";
  if (mark.startsWith("fffe")) return "utf-16le";
  if (mark.startsWith("feff")) return "utf-16be";
  if (mark === "84319533") return "gb18030";
  // Digits, separators and line ends of UTF-16 have a zero byte on one side only; UTF-8 text has hardly any.
  const sample = start.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const many = sample.length / 20;
  if (zeros[1]! > many && zeros[1]! > 3 * zeros[0]!) return "utf-16le";
  if (zeros[0]! > many && zeros[0]! > 3 * zeros[1]!) return "utf-16be";
  return null;
}

const damagedGzip = (path: string) => new AppError("bad_input", `${path} is a damaged or cut off gzip file`);
