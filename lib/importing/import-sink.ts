import { randomUUID } from "node:crypto";
import { customKindIds, listCustomKinds, MAX_CUSTOM_KINDS } from "@/lib/intake/custom-kinds";
import type { DrainCounts } from "@/lib/intake/drain";
import { copyInbox, type InboxRow } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { type DecodedEvent, decodeMessage } from "@/lib/intake/segment";
import { countStored } from "@/lib/intake/stored-events";
import { type Pool, transaction } from "@/lib/platform/db";
import type { Columns, Row } from "./columns";
import { type Draft, type Fate, faultOf, type RowFault } from "./draft";
import type { Rejects } from "./reject-file";
import { type ImportSummary, Tally } from "./summary";

/** Rows behind the events of one COPY; it commits on its own, so an import that breaks off has lost nothing it stored. */
const BATCH_ROWS = 5_000;
/** So many events wait in the inbox at most, however large the file is. */
const DRAIN_EVERY = 50_000;

/** What became of rows. An accepted event may have rows that only said who its customer is: these count as skipped. */
export type Settled =
  | { fate: "accepted"; rows: readonly Row[]; event: DecodedEvent }
  | { fate: "skipped"; rows: readonly Row[]; reason: string }
  | {
      fate: "refused";
      rows: readonly Row[];
      reason: RowFault["reason"];
      column: string | null;
      message: string;
    };

/** Stands for every kind the workspace has not had yet, in a dry run. */
const UNKNOWN_KIND = 32_000;

/** Where rows end up: judged by intake, counted, stored in the inbox in batches, refused ones written to the reject file. */
export class ImportSink {
  readonly tally = new Tally();
  private batch: { event: DecodedEvent; rows: readonly Row[] }[] = [];
  private batchRows = 0;
  private waiting = 0;
  private readonly newKinds = new Set<string>();
  private stored = 0;
  private drained: DrainCounts | null = null;
  private kinds: Map<string, number> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly p: {
      workspaceId: number;
      currency: string;
      /** Null: a dry run, nothing is written. */
      sourceId: number | null;
      receivedAt: Date;
      columns: Columns;
      rejects: Rejects;
      /** Told of the events a dry run would have stored. */
      onRehearsed?: (events: readonly InboxRow[]) => Promise<void>;
      onSettled?: (settled: Settled) => void;
      drain: () => Promise<DrainCounts>;
    },
  ) {}

  async settle(fate: Fate): Promise<void> {
    if (fate.is === "refused") return this.refuse(fate.rows, fate.fault);
    if (fate.is === "draft") return this.judge(fate.draft);
    this.tally.skip(fate.rows.length, fate.reason);
    this.p.onSettled?.({ fate: "skipped", rows: fate.rows, reason: fate.reason });
    // The row is counted as skipped already, so its statement about the customer counts no row and refuses none.
    if (fate.draft) await this.judge({ ...fate.draft, rows: [] });
  }

  private async judge({ type, message, rows }: Draft): Promise<void> {
    const { sourceId, currency, receivedAt, columns } = this.p;
    const outcome = decodeMessage(message, type, {
      sourceId: sourceId ?? 0,
      currency,
      receivedAt,
      newMessageId: randomUUID,
    });
    if (outcome.ok) {
      this.p.onSettled?.({ fate: "accepted", rows, event: outcome.value });
      this.batch.push({ event: outcome.value, rows });
      this.batchRows += Math.max(1, rows.length);
      if (this.batchRows >= BATCH_ROWS) await this.flush();
    } else {
      await this.refuse(rows, faultOf(columns, outcome.rejection));
    }
  }

  /** Stores what is left, drains the inbox and ends the reject file. */
  async finish(): Promise<
    Pick<ImportSummary, "newKinds" | "alreadyStored" | "drained" | "rejectFile"> & { tally: Tally }
  > {
    await this.flush();
    if (this.p.sourceId !== null) await this.drain();
    else
      for (const { key } of await listCustomKinds(this.pool, this.p.workspaceId)) this.newKinds.delete(key);
    return {
      tally: this.tally,
      newKinds: [...this.newKinds],
      alreadyStored: this.p.sourceId === null ? this.stored : null,
      drained: this.drained,
      rejectFile: await this.p.rejects.close(),
    };
  }

  private async refuse(
    rows: readonly Row[],
    fault: Extract<Fate, { is: "refused" }>["fault"],
  ): Promise<void> {
    const { reason, column, message } = fault;
    this.p.onSettled?.({ fate: "refused", rows, reason, column, message });
    for (const row of rows) {
      this.tally.refuse(row.line, fault);
      await this.p.rejects.add({ line: row.line, cells: row.cells, fault });
    }
  }

  private async flush(): Promise<void> {
    const batch = this.batch;
    this.batch = [];
    this.batchRows = 0;
    if (batch.length === 0) return;
    const events = this.p.sourceId === null ? await this.rehearse(batch) : await this.store(batch);
    for (const { event, rows } of events) this.count(event, rows.length);
  }

  private count(event: InboxRow, rows: number): void {
    const kind = event.kind === KIND.order ? "orders" : event.kind === KIND.refund ? "refunds" : "others";
    this.tally.accept({ kind, amount: event.amount ?? 0, occurredAt: event.occurredAt, rows });
  }

  private async store(batch: readonly { event: DecodedEvent; rows: readonly Row[] }[]) {
    const { workspaceId, receivedAt } = this.p;
    const keys = batch.flatMap(({ event }) => (typeof event.kind === "string" ? [event.kind] : []));
    const ids = await customKindIds(this.pool, { workspaceId, keys, createdAt: receivedAt });
    const accepted: { event: InboxRow; rows: readonly Row[] }[] = [];
    for (const { event, rows } of batch) {
      const kind = typeof event.kind === "string" ? ids.get(event.kind) : event.kind;
      if (kind !== undefined) accepted.push({ event: { ...event, kind }, rows });
      else await this.refuse(rows, tooManyKinds(this.p.columns, event.kind));
    }
    this.waiting += await transaction(this.pool, (db) =>
      copyInbox(
        db,
        workspaceId,
        accepted.map(({ event }) => event),
      ),
    );
    if (this.waiting >= DRAIN_EVERY) await this.drain();
    return accepted;
  }

  /** The dry run of a batch: looks up what is there and writes nothing. */
  private async rehearse(batch: readonly { event: DecodedEvent; rows: readonly Row[] }[]) {
    for (const { event } of batch)
      if (typeof event.kind === "string" && this.newKinds.size <= MAX_CUSTOM_KINDS)
        this.newKinds.add(event.kind);
    this.stored += await countStored(
      this.pool,
      this.p.workspaceId,
      batch.map(({ event }) => event),
    );
    this.kinds ??= new Map(
      (await listCustomKinds(this.pool, this.p.workspaceId)).map(({ key, id }) => [key, id]),
    );
    const kindOf = (kind: string | number) =>
      typeof kind === "string" ? (this.kinds?.get(kind) ?? UNKNOWN_KIND) : kind;
    const rehearsed = batch.map(({ event, rows }) => ({
      event: { ...event, kind: kindOf(event.kind) },
      rows,
    }));
    await this.p.onRehearsed?.(rehearsed.map(({ event }) => event));
    return rehearsed;
  }

  private async drain(): Promise<void> {
    this.waiting = 0;
    const counts = await this.p.drain();
    const total: DrainCounts = this.drained ?? {
      ...counts,
      claimed: 0,
      stored: 0,
      duplicates: 0,
      customers: 0,
      merged: 0,
      quarantined: 0,
    };
    for (const key of Object.keys(counts) as (keyof DrainCounts)[]) total[key] += counts[key];
    this.drained = total;
  }
}

const tooManyKinds = (columns: Columns, kind: unknown) => ({
  column: columns.mapping.columns.event ?? null,
  reason: "too_many_kinds" as const,
  message: `${JSON.stringify(kind)} would be one more than ${MAX_CUSTOM_KINDS} custom event kinds; put what varies into a property`,
});
