import { AppError } from "@/lib/platform/errors";
import type { Row } from "./columns";
import { type CsvRecord, readRecords } from "./csv-records";
import type { RowFault } from "./draft";
import type { Encoding } from "./encodings";
import type { ImportBytes } from "./import-bytes";
import { jsonColumns, jsonRows } from "./json-lines";
import { readText } from "./text-file";

const DELIMITERS = [",", "\t", ";", "|"];
export const MAX_COLUMNS = 1_000;
const UNDECODABLE = "\ufffd";

/** A record that is no row: too few or too many cells, misplaced quotes, bytes that are no text. Cells as far as they are known. */
export interface BadRow extends Row {
  fault: RowFault;
}

export interface Table {
  header: readonly string[];
  /** Null: one JSON object a line. */
  delimiter: string | null;
  /** Every record after the header, in batches, in the order of the file. */
  batches: AsyncIterable<(Row | BadRow)[]>;
}

export interface TableOptions {
  encoding: Encoding;
  delimiter?: string;
  /** Of a file of JSON lines, when it is known already: finding it out takes a reading of the whole. */
  header?: readonly string[];
  onBytes?: (bytes: number) => void;
}

/**
 * Opens a file of rows and reads its header. Delimited: the delimiter is the one the first line has most of, unless given.
 * JSON lines: a file that begins with "{"; its columns are the keys of all its objects, nested ones with a dot.
 */
export async function openTable(file: ImportBytes, p: TableOptions): Promise<Table> {
  const chunks = readText(file, p.encoding, p.onBytes);
  const { start, rest } = await firstLine(chunks);
  const sight = { undecodable: false };
  if (/^\s*\{/.test(start)) {
    const header = p.header ?? (await jsonColumns(readText(file, p.encoding)));
    assertColumns(file.name, header);
    return { header, delimiter: null, batches: jsonRows(watched(start, rest, sight), header) };
  }
  const delimiter = p.delimiter ?? likelyDelimiter(start);
  const records = readRecords(watched(start, rest, sight), delimiter);
  const first = await records.next();
  const head = first.value?.[0];
  if (!head) throw new AppError("bad_input", `${file.name} is empty`, { reason: "empty_file" });
  if ("fault" in head)
    throw new AppError("bad_input", `${file.name}: the header cannot be read: ${head.fault}`, {
      reason: "unreadable_header",
    });
  const header = head.cells.map((cell) => cell.trim());
  assertColumns(file.name, header);
  async function* batches() {
    yield first.value!.slice(1).map((record) => asRow(record, header, sight.undecodable));
    for await (const batch of records) yield batch.map((record) => asRow(record, header, sight.undecodable));
  }
  return { header, delimiter, batches: batches() };
}

function assertColumns(name: string, header: readonly string[]): void {
  if (header.length > MAX_COLUMNS)
    throw new AppError("bad_input", `${name} has ${header.length} columns; ${MAX_COLUMNS} are the most`, {
      reason: "too_many_columns",
      most: MAX_COLUMNS,
    });
}

function asRow(record: CsvRecord, header: readonly string[], look: boolean): Row | BadRow {
  const { line } = record;
  const bad = (
    cells: readonly string[],
    reason: RowFault["reason"],
    column: string | null,
    message: string,
  ): BadRow => ({
    line,
    cells,
    fault: { column, reason, message },
  });
  if ("fault" in record) return bad([record.raw], "malformed_row", null, record.fault);
  const { cells } = record;
  const isRagged =
    cells.length < header.length || cells.slice(header.length).some((cell) => cell.trim() !== ""); // empty ones at the end do no harm
  if (isRagged)
    return bad(cells, "ragged_row", null, `${cells.length} cells where the header has ${header.length}`);
  const garbled = look ? cells.findIndex((cell) => cell.includes(UNDECODABLE)) : -1;
  if (garbled >= 0)
    return bad(cells, "undecodable_row", header[garbled] ?? null, "bytes that are no text in this encoding");
  return { line, cells };
}

/** Text up to the first line break, and the chunks after it. */
async function firstLine(chunks: AsyncGenerator<string, void, void>) {
  let start = "";
  while (!/[\r\n]/.test(start) && start.length < 1_000_000) {
    const { value, done } = await chunks.next();
    if (done) break;
    start += value;
  }
  return { start, rest: chunks };
}

async function* watched(start: string, rest: AsyncIterable<string>, sight: { undecodable: boolean }) {
  const look = (chunk: string) => {
    sight.undecodable ||= chunk.includes(UNDECODABLE);
    return chunk;
  };
  yield look(start);
  for await (const chunk of rest) yield look(chunk);
}

function likelyDelimiter(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0]!.replace(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
