import { AppError } from "@/lib/platform/errors";
import type { Row } from "./columns";
import { type CsvRecord, readRecords } from "./csv-records";
import type { RowFault } from "./draft";
import { type Encoding, readText } from "./text-file";

const DELIMITERS = [",", "\t", ";", "|"];
const MAX_COLUMNS = 1_000;
const UNDECODABLE = "\ufffd";

/** A record that is no row: too few or too many cells, misplaced quotes, bytes that are no text. Cells as far as they are known. */
export interface BadRow extends Row {
  fault: RowFault;
}

export interface Table {
  header: readonly string[];
  delimiter: string;
  /** Every record after the header, in batches, in the order of the file. */
  batches: AsyncIterable<(Row | BadRow)[]>;
}

/** Opens a delimited file and reads its header; the delimiter is the one the first line has most of, unless given. */
export async function openTable(
  path: string,
  p: { encoding: Encoding; delimiter?: string; onBytes?: (bytes: number) => void },
): Promise<Table> {
  const chunks = readText(path, p.encoding, p.onBytes);
  const { start, rest } = await firstLine(chunks);
  const delimiter = p.delimiter ?? likelyDelimiter(start);
  const sight = { undecodable: false };
  const records = readRecords(watched(start, rest, sight), delimiter);
  const first = await records.next();
  const head = first.value?.[0];
  if (!head) throw new AppError("bad_input", `${path} is empty`);
  if ("fault" in head) throw new AppError("bad_input", `${path}: the header cannot be read: ${head.fault}`);
  if (head.cells.length > MAX_COLUMNS)
    throw new AppError("bad_input", `${path} has ${head.cells.length} columns; ${MAX_COLUMNS} are the most`);
  const header = head.cells.map((cell) => cell.trim());
  async function* batches() {
    yield first.value!.slice(1).map((record) => asRow(record, header, sight.undecodable));
    for await (const batch of records) yield batch.map((record) => asRow(record, header, sight.undecodable));
  }
  return { header, delimiter, batches: batches() };
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
