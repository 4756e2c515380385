import { z } from "zod";
import { type Db, sql } from "@/lib/platform/db";
import type { Rejection } from "./rejection";

/** Longest refused text that is kept; the rest of it is cut off. */
export const MAX_RAW_CHARS = 65_536;

export interface QuarantineRow {
  raw: string;
  rejection: Rejection;
  /** What the request said of the event beside its text; null when the text is no event that could be decoded again. */
  envelope: Envelope | null;
}

/** What decoding an event needs besides its own text (lib/sources/replay.ts decodes it again). */
export const envelope = z.object({
  type: z.unknown().optional(),
  sentAt: z.unknown().optional(),
  /** The fields of the batch's context that mean something to us. */
  context: z.unknown().optional(),
});
export type Envelope = z.infer<typeof envelope>;

/** Text as Postgres can hold it and a person can read it: NUL and lone surrogates are shown as escapes, long text is cut. */
export const visibleText = (text: string): string =>
  text
    .slice(0, MAX_RAW_CHARS)
    .replace(/[\0\p{Cs}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Keeps what was refused, as it came, with reason and place: one statement for any number of rows. */
export async function quarantine(
  db: Db,
  p: { workspaceId: number; sourceId: number; receivedAt: Date; rows: readonly QuarantineRow[] },
): Promise<void> {
  if (p.rows.length === 0) return;
  const column = (read: (row: QuarantineRow) => string | null) => p.rows.map((row) => read(row));
  await db.query(sql`
    INSERT INTO event_quarantine (workspace_id, source_id, received_at, reason, path, detail, raw, envelope)
    SELECT ${p.workspaceId}::int, ${p.sourceId}::int, ${p.receivedAt}::timestamptz, reason, path, detail, raw, envelope::jsonb
    FROM unnest(
      ${column((row) => row.rejection.reason)}::text[],
      ${column((row) => row.rejection.path && visibleText(row.rejection.path))}::text[],
      ${column((row) => visibleText(row.rejection.message))}::text[],
      ${column((row) => visibleText(row.raw))}::text[],
      ${column((row) => envelopeText(row))}::text[]
    ) AS refused (reason, path, detail, raw, envelope)`);
}

/** The envelope as JSON; none for a text that was cut off, and for values Postgres could not hold. */
function envelopeText({ envelope: around, raw }: QuarantineRow): string | null {
  if (around === null || raw.length > MAX_RAW_CHARS) return null;
  const text = JSON.stringify(around);
  return /\\u(0000|d[89a-f])/i.test(text) ? null : text;
}
