import type { Rejection, RejectionReason } from "@/lib/intake/rejection";
import type { MessageType } from "@/lib/intake/segment";
import type { Columns, Row } from "./columns";
import { parseCellTime } from "./local-time";

/** Faults only files have. */
export type ImportReason =
  | "malformed_row"
  | "ragged_row"
  | "undecodable_row"
  | "duplicate_order"
  | "incomplete_order"
  | "contradicting_lines";

/** Why rows were refused: column (null: the row as a whole), code, and words. */
export interface RowFault {
  column: string | null;
  reason: RejectionReason | ImportReason;
  message: string;
}

/** The fault of a rejection, in the words of the file: the column instead of the path in the message. */
export function faultOf(columns: Columns, { reason, path, message }: Rejection): RowFault {
  const column = columns.columnAt(path);
  return { column, reason, message: path && column ? message.replaceAll(path, column) : message };
}

/** A fault as one sentence that names its column. */
export const faultInWords = ({ column, message }: Pick<RowFault, "column" | "message">): string =>
  column === null || message.includes(column) ? message : `${column}: ${message}`;

/** A message of the Segment spec made of rows, before intake has judged it. */
export interface Draft {
  type: MessageType;
  message: Record<string, unknown>;
  rows: readonly Row[];
}

/** What becomes of rows: each of them goes exactly one of three ways. */
export type Fate =
  | { is: "draft"; draft: Draft }
  | { is: "refused"; rows: readonly Row[]; fault: RowFault }
  | {
      is: "skipped";
      rows: readonly Row[];
      reason: string /** What the row still says about its customer. */;
      draft: Draft | null;
    };

export const refused = (
  rows: readonly Row[],
  reason: RowFault["reason"],
  column: string | null,
  message: string,
): Fate => ({
  is: "refused",
  rows,
  fault: { column, reason, message },
});

/** What every kind of message takes from a row: ids, further ids, traits, channel, time. */
export function commonFields(columns: Columns, row: Row): Record<string, unknown> {
  const externalIds = Object.entries(columns.values(row, columns.externalIds)).map(([type, id]) => ({
    type,
    id,
  }));
  const traits = columns.values(row, columns.traits);
  const source = columns.text(row, "channel");
  return {
    userId: columns.text(row, "customerId"),
    anonymousId: columns.text(row, "anonymousId"),
    context: {
      ...(Object.keys(traits).length > 0 && { traits }),
      ...(externalIds.length > 0 && { externalIds }),
      ...(source !== "" && { campaign: { source } }),
    },
  };
}

/** When the row happened, by the clocks of the zone where the cell names none; null when the cell is no time. */
export const rowInstant = (columns: Columns, row: Row, timeZone: string): Date | null =>
  parseCellTime(columns.text(row, "occurredAt"), timeZone, columns.mapping.dateOrder);

/** The refusal of a row whose time nobody can read. */
export function unreadableTime(columns: Columns, rows: readonly Row[], row: Row): Fate {
  const column = columns.mapping.columns.occurredAt ?? null;
  const cell = JSON.stringify(columns.text(row, "occurredAt").slice(0, 60));
  const hint = columns.mapping.dateOrder ? "" : "; for days first or months first set dateOrder";
  return refused(rows, "bad_timestamp", column, `${cell} is no time like 2026-02-01 08:30:00${hint}`);
}
