// importFile(pool, { workspace, kind, file, now, … }) → ImportSummary: the whole of an import; scripts/import.ts is its command.
import { type DrainCounts, drainAll } from "@/lib/intake/drain";
import type { InboxRow } from "@/lib/intake/inbox";
import type { Pool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { ensureSource } from "@/lib/workspaces/mutations";
import { type Workspace, workspaceNow } from "@/lib/workspaces/schema";
import { Columns, type Row } from "./columns";
import type { Fate } from "./draft";
import type { Encoding } from "./encodings";
import { CustomerRows, EventRows } from "./event-rows";
import { guessMapping } from "./header-guess";
import type { ImportBytes } from "./import-bytes";
import { ImportSink, type Settled } from "./import-sink";
import { type ImportKind, type Mapping, mapping } from "./mapping";
import { OrderLines, OrderSurvey } from "./order-lines";
import { OrderRows } from "./orders";
import { noRejects, type Rejects } from "./reject-file";
import { Skipping } from "./skipping";
import type { ImportSummary } from "./summary";
import { type BadRow, openTable, type Table } from "./table";
import { sniffEncoding } from "./text-file";

export type { Settled } from "./import-sink";

export interface ImportOptions {
  workspace: Workspace;
  kind: ImportKind;
  file: ImportBytes;
  /** Where columns go. Absent: guessed from the header. */
  mapping?: unknown;
  /** Single fields on top of it: { "customerId": "会员号", "items.price": "单价", "traits.city": "城市" }. */
  fields?: Record<string, string>;
  currency?: string;
  timeZone?: string;
  encoding?: Encoding;
  /** The columns of a file of JSON lines where they are known: saves a reading of the file. */
  header?: readonly string[];
  /** The source the events are filed under: by name (imports of the same name share it), or one of its own. */
  source?: string | number;
  dryRun?: boolean;
  /** Where refused rows go; null or absent: nowhere but into the counts. */
  rejects?: ((header: readonly string[]) => Rejects) | null;
  /** Told of the events a dry run would have stored. */
  onRehearsed?: (events: readonly InboxRow[]) => Promise<void>;
  /** Told what becomes of each row, in the order it is decided. */
  onSettled?: (settled: Settled) => void;
  /** Reads no further than so many rows: for a preview. */
  firstRows?: number;
  now: Date;
  /** Asked after every batch of rows; what it throws ends the import there. */
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  /** survey: reading ahead to find orders in pieces; import: reading and storing; drain: making customers and events of it. */
  phase: "survey" | "import" | "drain";
  /** Bytes of the file read in this phase, of `totalBytes`. */
  bytes: number;
  totalBytes: number;
  rows: number;
}

/**
 * Imports a CSV or TSV file (plain or gzip) through the intake HTTP events go through, and drains it into customers and
 * events. Every row is accepted, refused with line and reason, or skipped by a condition of the mapping. Message ids come
 * from what identifies a row, so importing a file again changes nothing. Memory does not grow with the file, but for
 * about 20 bytes an order or row identity. Fails as a whole (AppError) only for what concerns the whole file: it cannot be
 * read, a mapped column is missing.
 */
export async function importFile(pool: Pool, o: ImportOptions): Promise<ImportSummary> {
  const given = parsedMapping(withFields(o.mapping ?? {}, o.fields ?? {}));
  if (given.kind && given.kind !== o.kind)
    throw new AppError("bad_input", `The mapping is for ${given.kind}, not for ${o.kind}`);
  const encoding = o.encoding ?? given.encoding ?? (await sniffEncoding(o.file));
  const progress = new Progress(o.onProgress, await o.file.size());
  const { delimiter } = given;
  const open = (header = o.header) =>
    openTable(o.file, { encoding, delimiter, header, onBytes: progress.bytes });

  const table = await open();
  const complete = completed(o, given, table.header);
  const currency = complete.currency ?? o.workspace.currency;
  const timeZone = o.timeZone ?? complete.timeZone ?? o.workspace.timeZone;
  const columns = new Columns(o.kind, { ...complete, currency }, table.header);

  const survey = new OrderSurvey();
  if (columns.isLines) {
    progress.enter("survey");
    await surveyOrders(first(await open(table.header), o.firstRows), columns, survey, progress);
  }
  progress.enter("import");
  const drains = (): Promise<DrainCounts> =>
    drainAll(pool, { workspaceId: o.workspace.id, timeZone: o.workspace.timeZone, now: o.now });
  const sink = new ImportSink(pool, {
    workspaceId: o.workspace.id,
    currency: o.workspace.currency,
    sourceId: o.dryRun ? null : await sourceOf(pool, o),
    receivedAt: o.now,
    columns,
    rejects: o.rejects?.(table.header) ?? noRejects,
    onRehearsed: o.onRehearsed,
    onSettled: o.onSettled,
    drain: drains,
  });
  const skipping = new Skipping(columns, timeZone);
  const assembler = assemble(o, columns, timeZone, survey);
  for await (const batch of first(table, o.firstRows).batches) {
    for (const row of batch) {
      sink.tally.rows.total += 1;
      if ("fault" in row) await sink.settle({ is: "refused", rows: [row], fault: row.fault });
      else {
        const left = skipping.fate(row);
        for (const fate of left ? [left] : assembler.add(row)) await sink.settle(fate);
      }
    }
    progress.rows(batch.length);
  }
  for (const fate of assembler.end()) await sink.settle(fate);
  progress.enter("drain");
  const { tally, ...outcome } = await sink.finish();
  return {
    kind: o.kind,
    dryRun: o.dryRun ?? false,
    encoding,
    delimiter: table.delimiter,
    rows: tally.rows,
    skippedBy: tally.skippedBy,
    refusedBy: tally.refusedBy,
    faults: tally.faults,
    events: tally.events,
    money: { currency: o.workspace.currency, ordered: tally.ordered, refunded: tally.refunded },
    period: tally.period,
    ...outcome,
  };
}

async function sourceOf(pool: Pool, { workspace, source = "import", now }: ImportOptions): Promise<number> {
  if (typeof source === "number") return source;
  return ensureSource(pool, { workspaceId: workspace.id, name: source, kind: "import", now });
}

/** A mapping as it is written by people and machines; what is wrong with it is named part by part. */
export function parsedMapping(value: unknown): Mapping {
  const result = mapping.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join(".") || "mapping"}: ${issue.message}`);
  throw new AppError("bad_input", `The mapping is not understood: ${issues.join("; ")}`);
}

/** The mapping with single fields laid over it. */
function withFields(base: unknown, fields: Record<string, string>): unknown {
  const merged = structuredClone(base) as Record<string, Record<string, string>>;
  for (const [field, column] of Object.entries(fields)) {
    const [part, name] = field.includes(".")
      ? [field.slice(0, field.indexOf(".")), field.slice(field.indexOf(".") + 1)]
      : ["columns", field];
    merged[part] = { ...merged[part], [name]: column };
  }
  return merged;
}

/** What the mapping leaves open is guessed from the header, unless a whole mapping was given. */
function completed(o: ImportOptions, given: Mapping, header: readonly string[]): Mapping {
  const own = { ...given, currency: o.currency ?? given.currency };
  if (o.mapping !== undefined) return own;
  const guess = guessMapping(o.kind, header);
  const named = new Set(
    Object.values({
      ...given.columns,
      ...given.items,
      ...given.externalIds,
      ...given.traits,
      ...given.properties,
    }),
  );
  const open = (part: Record<string, string> | undefined) =>
    Object.fromEntries(Object.entries(part ?? {}).filter(([, column]) => !named.has(column)));
  const items = { ...open(guess.items), ...given.items };
  return {
    ...own,
    columns: { ...open(guess.columns), ...given.columns },
    items: Object.keys(items).length > 0 ? items : undefined,
    externalIds: { ...open(guess.externalIds), ...given.externalIds },
    keepOthers: true,
  };
}

/** The table cut off after so many rows. */
function first(table: Table, rows: number | undefined): Table {
  if (rows === undefined) return table;
  async function* batches() {
    let left = rows!;
    for await (const batch of table.batches) {
      yield batch.slice(0, left);
      left -= batch.length;
      if (left <= 0) return;
    }
  }
  return { ...table, batches: batches() };
}

interface Assembler {
  add(row: Row): Iterable<Fate>;
  end(): Iterable<Fate>;
}

function assemble(o: ImportOptions, columns: Columns, timeZone: string, survey: OrderSurvey): Assembler {
  if (columns.isLines) return new OrderLines(columns, timeZone, survey);
  const each =
    o.kind === "orders"
      ? new OrderRows(columns, timeZone)
      : o.kind === "events"
        ? new EventRows(columns, timeZone)
        : new CustomerRows(columns, timeZone, workspaceNow(o.workspace, o.now));
  return { add: (row) => [each.add(row)], end: () => [] };
}

async function surveyOrders(
  table: Table,
  columns: Columns,
  survey: OrderSurvey,
  progress: Progress,
): Promise<void> {
  const skipping = new Skipping(columns, "UTC");
  const place = table.header.indexOf(columns.mapping.columns.orderId!);
  for await (const batch of table.batches) {
    for (const row of batch) {
      if ("fault" in row) survey.damage(row.line, guessedOrderId(row, place, table.delimiter));
      else if (!skipping.condition(row)) survey.line(columns.text(row, "orderId"));
    }
    progress.rows(batch.length);
  }
}

/** The order id of a line that is no row, as far as one can tell. */
function guessedOrderId(row: BadRow, place: number, delimiter: string | null): string | null {
  const cells =
    row.fault.reason === "malformed_row" && delimiter ? row.cells[0]!.split(delimiter) : row.cells;
  return cells[place]?.replaceAll('"', "").trim() || null;
}

class Progress {
  private now: ImportProgress;

  constructor(
    private readonly report: ((progress: ImportProgress) => void) | undefined,
    totalBytes: number,
  ) {
    this.now = { phase: "import", bytes: 0, totalBytes, rows: 0 };
  }

  enter(phase: ImportProgress["phase"]): void {
    // The header was read before the import began; its bytes belong to the import, not to the survey.
    this.now = { ...this.now, phase, bytes: 0, rows: 0 };
    this.report?.(this.now);
  }

  bytes = (bytes: number): void => {
    this.now.bytes += bytes;
  };

  rows(rows: number): void {
    this.now.rows += rows;
    this.report?.(this.now);
  }
}
