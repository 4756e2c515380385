import type { DrainCounts } from "@/lib/intake/drain";
import type { RowFault } from "./draft";
import type { Encoding } from "./encodings";
import type { ImportKind } from "./mapping";

/** Faults shown with the summary; all of them are in the reject file. */
const SHOWN_FAULTS = 20;

/** What an import did, or with dryRun would do. rows = accepted + refused + skipped, always. */
export interface ImportSummary {
  kind: ImportKind;
  dryRun: boolean;
  encoding: Encoding;
  /** Null: JSON lines. */
  delimiter: string | null;
  /** Records of the file after the header. */
  rows: { total: number; accepted: number; refused: number; skipped: number };
  /** Skipped rows by the condition that held. */
  skippedBy: Record<string, number>;
  refusedBy: Record<string, number>;
  /** The first refused rows, in the order they were decided. */
  faults: { line: number; column: string | null; reason: string; message: string }[];
  /** Accepted messages: an order of ten lines is one. */
  events: { total: number; orders: number; refunds: number; others: number };
  /** Minor units; refunded is positive. */
  money: { currency: string; ordered: number; refunded: number };
  period: { from: string; to: string } | null;
  /** Names the workspace has no kind for yet (dry run only; otherwise they were created). */
  newKinds: string[];
  /** Events of the file that were stored before (dry run only). */
  alreadyStored: number | null;
  /** What the inbox came to while it was drained; another drainer may have taken part of it. */
  drained: DrainCounts | null;
  rejectFile: string | null;
}

/** Counts rows and events as they are decided. */
export class Tally {
  readonly rows = { total: 0, accepted: 0, refused: 0, skipped: 0 };
  readonly skippedBy: Record<string, number> = {};
  readonly refusedBy: Record<string, number> = {};
  readonly faults: ImportSummary["faults"] = [];
  readonly events = { total: 0, orders: 0, refunds: 0, others: 0 };
  ordered = 0;
  refunded = 0;
  private from: Date | null = null;
  private to: Date | null = null;

  skip(rows: number, reason: string): void {
    this.rows.skipped += rows;
    this.skippedBy[reason] = (this.skippedBy[reason] ?? 0) + rows;
  }

  refuse(line: number, fault: RowFault): void {
    this.rows.refused += 1;
    this.refusedBy[fault.reason] = (this.refusedBy[fault.reason] ?? 0) + 1;
    if (this.faults.length < SHOWN_FAULTS) this.faults.push({ line, ...fault });
  }

  accept(event: {
    kind: "orders" | "refunds" | "others";
    amount: number;
    occurredAt: Date;
    rows: number;
  }): void {
    this.rows.accepted += event.rows;
    this.events.total += 1;
    this.events[event.kind] += 1;
    if (event.kind === "orders") this.ordered += event.amount;
    if (event.kind === "refunds") this.refunded -= event.amount;
    if (!this.from || event.occurredAt < this.from) this.from = event.occurredAt;
    if (!this.to || event.occurredAt > this.to) this.to = event.occurredAt;
  }

  get period(): ImportSummary["period"] {
    return this.from && this.to ? { from: this.from.toISOString(), to: this.to.toISOString() } : null;
  }
}
