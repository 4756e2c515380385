import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import type { Day } from "@/lib/platform/day";
import { type Db, findRow, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Customer } from "./find-customer";
import { listIdentities } from "./identities";
import type { Revealed } from "./schema";
import { listProperties } from "./timeline";
import { listTraits } from "./traits";

/** Reveals a member may make in an hour: enough for a day's cases, too few to copy a customer base. */
export const REVEALS_AN_HOUR = 60;

const HOUR_MS = 3_600_000;

/** First key of the lock under which one workspace's reveals are counted and made. */
const REVEAL_LOCK = 738;

/**
 * The customer's personal values in the clear, for this once: what was looked at, by whom and why is recorded in the same
 * transaction, the values are not. Throws `too_many` beyond the hour's limit.
 */
export function revealCustomer(
  pool: Pool,
  p: {
    workspaceId: number;
    timeZone: string;
    customer: Customer;
    asOf: Day;
    /** Events whose properties are wanted too. */
    messageIds: readonly string[];
    actor: Actor;
    reason: string;
    now: Date;
  },
): Promise<Revealed> {
  const { customerId, displayKey } = p.customer;
  return transaction(pool, async (db) => {
    await assertNotTooMany(db, p);
    const who = { workspaceId: p.workspaceId, customerId };
    const { identities, count } = await listIdentities(db, who);
    const traits = await listTraits(db, { ...who, timeZone: p.timeZone, asOf: p.asOf });
    const properties = p.messageIds.length
      ? await listProperties(db, { ...who, messageIds: p.messageIds })
      : {};
    await appendAudit(db, {
      workspaceId: p.workspaceId,
      now: p.now,
      actor: p.actor,
      action: "customer.revealed",
      target: `customer ${customerId}`,
      after: { identities: count, traits: traits.length, events: Object.keys(properties).length },
      reason: p.reason,
    });
    return { displayKey, identities, traits, properties };
  });
}

const countedRow = z.object({ made: z.number(), oldest: z.date().nullable() });

async function assertNotTooMany(db: Db, p: { workspaceId: number; actor: Actor; now: Date }): Promise<void> {
  await db.query(sql`SELECT pg_advisory_xact_lock(${REVEAL_LOCK}, ${p.workspaceId})`);
  const counted = await findRow(
    db,
    countedRow,
    sql`SELECT count(*)::int AS made, min(at) AS oldest FROM audit_entry
        WHERE workspace_id = ${p.workspaceId} AND action = 'customer.revealed' AND actor_id = ${p.actor.id}
          AND at > ${new Date(p.now.getTime() - HOUR_MS)}::timestamptz`,
  );
  if (!counted || counted.made < REVEALS_AN_HOUR) return;
  const again = new Date((counted.oldest ?? p.now).getTime() + HOUR_MS);
  throw new AppError("too_many", `More than ${REVEALS_AN_HOUR} reveals within an hour`, {
    limit: REVEALS_AN_HOUR,
    retryAfterSeconds: Math.max(1, Math.ceil((again.getTime() - p.now.getTime()) / 1000)),
  });
}
