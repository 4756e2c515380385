import { Columns, type Row } from "../columns";
import { guessMapping } from "../header-guess";
import type { ImportBytes } from "../import-bytes";
import { parseCellTime } from "../local-time";
import { type Mapping, mapping } from "../mapping";
import { openTable } from "../table";
import { type Content, type FileFormat, kindOf, type Settings } from "./schema";

const SAMPLE_ROWS = 200;

/** The first rows of a file that are rows. */
export async function sampleRows(file: ImportBytes, format: FileFormat, most: number): Promise<Row[]> {
  const { encoding, header } = format;
  const table = await openTable(file, { encoding, header, delimiter: format.delimiter ?? undefined });
  const rows: Row[] = [];
  for await (const batch of table.batches) {
    for (const row of batch) if (!("fault" in row) && rows.length < most) rows.push(row);
    if (rows.length >= most) break;
  }
  return rows;
}

/** What a file most probably is, and where its columns go, by its header and its first rows. */
export async function guessSettings(file: ImportBytes, format: FileFormat): Promise<Settings> {
  const rows = await sampleRows(file, format, SAMPLE_ROWS);
  return settingsFor(guessContent(format.header), format.header, rows);
}

function guessContent(header: readonly string[]): Content {
  const orders = guessMapping("orders", header);
  const { columns = {} } = orders;
  if (orders.items && columns.orderId && orders.items.price && orders.items.quantity) return "lines";
  if (columns.amount && columns.occurredAt) return "orders";
  const events = guessMapping("events", header).columns ?? {};
  return events.event && events.occurredAt ? "events" : "customers";
}

/** A mapping for a file taken to be that: columns by their names, notations by the values of the first rows. */
export function settingsFor(content: Content, header: readonly string[], rows: readonly Row[]): Settings {
  const kind = kindOf(content);
  const guess = guessMapping(kind, content === "lines" ? withoutAmounts(header) : header);
  if (content === "orders") delete guess.items;
  const notations = guessNotations({ ...guess, kind } as Partial<Mapping>, header, rows);
  return { content, mapping: mapping.parse({ ...guess, kind, ...notations }) };
}

/** For lines the amount is the sum of the lines: a column of totals is not one of them. */
const withoutAmounts = (header: readonly string[]): string[] => {
  const { columns = {} } = guessMapping("orders", header);
  return header.filter((name) => name !== columns.amount);
};

function guessNotations(
  guess: Partial<Mapping>,
  header: readonly string[],
  rows: readonly Row[],
): Partial<Mapping> {
  const cellsOf = (name: string | undefined) => {
    const index = name === undefined ? -1 : header.indexOf(name);
    return index < 0 ? [] : rows.map((row) => row.cells[index]!.trim()).filter((cell) => cell !== "");
  };
  const amounts = [...cellsOf(guess.columns?.amount), ...cellsOf(guess.items?.price)];
  const times = cellsOf(guess.columns?.occurredAt);
  const reads = (order: "dmy" | "mdy") => times.every((cell) => parseCellTime(cell, "UTC", order) !== null);
  const needsOrder = times.some((cell) => parseCellTime(cell, "UTC") === null);
  return {
    numbers: amounts.some((cell) => /^[^\d]*\d{1,3}(\.\d{3})*,\d{1,2}\D*$/.test(cell))
      ? "1.234,56"
      : amounts.some((cell) => /[,¥￥$€£₩₹]|[A-Z]{3}/.test(cell))
        ? "1,234.56"
        : "plain",
    // Where both orders fit, nobody can tell: days first, and the preview shows it.
    ...(needsOrder &&
      (reads("dmy") ? { dateOrder: "dmy" as const } : reads("mdy") ? { dateOrder: "mdy" as const } : {})),
  };
}

/** Throws, with its place, when these settings cannot work for a file with that header. */
export const assertSettings = ({ content, mapping }: Settings, format: FileFormat): void => {
  new Columns(kindOf(content), mapping, format.header);
};
