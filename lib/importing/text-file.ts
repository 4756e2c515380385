import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/platform/errors";
import type { Encoding } from "./encodings";
import type { ImportBytes } from "./import-bytes";

const SAMPLE_BYTES = 4_096;

/** The bytes of a file, unpacked when they are gzip; `onBytes` is told how many bytes of the file itself were read. */
export async function* unpacked(
  file: ImportBytes,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer, void, void> {
  const pieces = file.read()[Symbol.asyncIterator]();
  const counted = async () => {
    const { value, done } = await pieces.next();
    if (!done) onBytes(value.length);
    return done ? null : (value as Buffer);
  };
  let first = await counted();
  while (first && first.length < 2) {
    const more = await counted();
    if (!more) break;
    first = Buffer.concat([first, more]);
  }
  async function* all() {
    for (let piece = first; piece; piece = await counted()) yield piece;
  }
  try {
    if (first?.[0] !== 0x1f || first[1] !== 0x8b) return yield* all();
    const source = Readable.from(all());
    const through = createGunzip();
    source.on("error", (error) => through.destroy(error));
    try {
      yield* source.pipe(through) as AsyncIterable<Buffer>;
    } finally {
      source.destroy();
    }
  } finally {
    await pieces.return?.();
  }
}

/** The text of a file, chunk by chunk and without a byte order mark; bytes that mean nothing become U+FFFD. */
export async function* readText(
  file: ImportBytes,
  encoding: Encoding,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder(encoding);
  try {
    for await (const chunk of unpacked(file, onBytes)) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== "") yield text;
    }
  } catch (error) {
    throw isGzipFault(error) ? damagedGzip(file.name) : error;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}

/**
 * How a file is encoded: by its byte order mark; else UTF-16 by its zero bytes; else UTF-8 when the whole of it is valid
 * UTF-8; else GB18030, in which Chinese spreadsheets are saved and of which GBK and GB2312 are parts.
 */
export async function sniffEncoding(file: ImportBytes): Promise<Encoding> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  try {
    for await (const chunk of unpacked(file)) {
      if (first) assertText(file.name, chunk);
      const marked = first ? markedEncoding(chunk) : null;
      if (marked) return marked;
      first = false;
      strict.decode(chunk, { stream: true });
    }
    strict.decode();
    return "utf-8";
  } catch (error) {
    const { code } = error as { code?: string };
    if (isGzipFault(error)) throw damagedGzip(file.name);
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "gb18030";
    throw error;
  }
}

/** First bytes of what people save by mistake: workbooks, archives, documents, pictures. */
const containers: readonly [hex: string, what: string][] = [
  ["504b0304", "spreadsheet"], // zip: .xlsx, .ods, .numbers, or an archive
  ["d0cf11e0", "spreadsheet"], // .xls
  ["25504446", "binary"], // .pdf
  ["89504e47", "binary"],
  ["ffd8ff", "binary"],
  ["377abcaf", "binary"], // .7z
  ["52617221", "binary"], // .rar
  ["28b52ffd", "binary"], // .zst
  ["425a68", "binary"], // .bz2
  ["50415231", "binary"], // Parquet
];

function assertText(name: string, start: Buffer): void {
  const hex = start.subarray(0, 8).toString("hex");
  const what = containers.find(([mark]) => hex.startsWith(mark))?.[1];
  if (what === "spreadsheet")
    throw new AppError(
      "bad_input",
      `${name} is a workbook or an archive: open it and save it as CSV (UTF-8)`,
      {
        reason: "spreadsheet_file",
      },
    );
  if (what)
    throw new AppError("bad_input", `${name} is no text file: save it as CSV`, { reason: "binary_file" });
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

const isGzipFault = (error: unknown): boolean =>
  (error as { code?: string }).code?.startsWith("Z_") ||
  (error as Error).message === "unexpected end of file";

const damagedGzip = (name: string) =>
  new AppError("bad_input", `${name} is a damaged or cut off gzip file`, { reason: "damaged_gzip" });
