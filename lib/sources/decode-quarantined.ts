import { z } from "zod";
import { isTooLarge } from "@/lib/intake/event-size";
import { tooLargeEvent } from "@/lib/intake/ingest";
import { envelope } from "@/lib/intake/quarantine";
import { accepted, type Outcome } from "@/lib/intake/rejection";
import { type DecodedEvent, decodeMessage } from "@/lib/intake/segment";
import type { ApplyMapping } from "./mapping";

/** A refused event as it is kept, with what decoding needs. */
export const quarantined = z.object({
  id: z.number(),
  sourceId: z.number().int(),
  receivedAt: z.date(),
  reason: z.string(),
  path: z.string().nullable(),
  detail: z.string().nullable(),
  raw: z.string(),
  envelope: envelope.nullable(),
});
export type Quarantined = z.infer<typeof quarantined>;

/**
 * What a quarantined event would be if it were sent now under this mapping: an event with the times it had then, dropped on
 * purpose, or refused again. Null for what was never an event of its own: a broken body, a batch that was too long, a row
 * the database could not hold.
 */
export function decodeQuarantined(
  row: Pick<Quarantined, "id" | "sourceId" | "receivedAt" | "raw" | "envelope">,
  p: { currency: string; apply: ApplyMapping },
): Outcome<DecodedEvent | "dropped"> | null {
  if (row.envelope === null) return null;
  let message: unknown;
  try {
    message = JSON.parse(row.raw);
  } catch {
    return null;
  }
  const { type, sentAt, context } = row.envelope;
  const mapped = p.apply(message, type);
  if (mapped === "dropped") return accepted("dropped");
  const outcome = decodeMessage(mapped.message, type, {
    sourceId: row.sourceId,
    currency: p.currency,
    receivedAt: row.receivedAt,
    // A row is replayed once; its own number is an id nobody else has.
    newMessageId: () => `quarantine ${row.id}`,
    sentAt,
    context,
  });
  if (outcome.ok && isTooLarge(message)) return { ok: false, rejection: tooLargeEvent };
  return outcome;
}
