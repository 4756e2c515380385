import { z } from "zod";
import type { Day } from "@/lib/platform/day";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { type SampleState, type StartFacts, sampleInput, startFacts } from "./schema";

const sampleRow = z.object({
  present: z.boolean(),
  input: sampleInput.nullable(),
  state: z.enum(["running", "succeeded", "failed"]).nullable(),
  willRetry: z.boolean().nullable(),
  counts: z.record(z.string(), z.number()).nullable(),
});

/** How it stands with the sample data of the workspace. */
export async function getSampleState(db: Db, workspaceId: number): Promise<SampleState> {
  const row = await findRow(
    db,
    sampleRow,
    sql`SELECT EXISTS (SELECT FROM source WHERE workspace_id = ${workspaceId} AND is_sample) AS present,
          r.input, r.state, r.attempt < r.max_attempt AS "willRetry", r.counts
        FROM (VALUES (1)) AS one
        LEFT JOIN LATERAL (
          SELECT * FROM run WHERE workspace_id = ${workspaceId} AND kind = 'sample-data' ORDER BY id DESC LIMIT 1
        ) r ON true`,
  );
  const { present, input, state, willRetry, counts } = row!;
  if (!input || state === null || state === "succeeded") return { present, run: null };
  const working = state === "running" || willRetry === true;
  return {
    present,
    run: {
      act: input.act,
      state: working ? "working" : "failed",
      done: counts?.done ?? 0,
      total: counts?.total ?? 0,
    },
  };
}

/** What is so in the workspace as of the day it lives in. */
export async function getStartFacts(
  db: Db,
  p: { workspaceId: number; today: Day; now: Date },
): Promise<StartFacts> {
  const ws = p.workspaceId;
  const row = await findRow(
    db,
    startFacts,
    sql`
    WITH sample AS (SELECT id FROM source WHERE workspace_id = ${ws} AND is_sample),
    known AS (
      SELECT count(*) AS customers,
        count(*) FILTER (WHERE EXISTS (
          SELECT FROM identity i WHERE i.workspace_id = ${ws} AND i.customer_id = c.customer_id
            AND i.brought_by IS DISTINCT FROM (SELECT id FROM sample))) AS real
      FROM customer c WHERE c.workspace_id = ${ws} AND c.merged_into IS NULL
        -- known by an event, and by today
        AND EXISTS (SELECT FROM customer_day d WHERE d.workspace_id = ${ws} AND d.customer_id = c.customer_id
          AND d.day <= ${p.today}::date)
    )
    SELECT customers, real AS "realCustomers",
      EXISTS (SELECT FROM event_inbox WHERE workspace_id = ${ws}) AS waiting,
      (SELECT count(*) FROM event_quarantine WHERE workspace_id = ${ws}) AS refused,
      (SELECT count(DISTINCT s.customer_id) FROM customer_stage s
        JOIN stage_model m ON m.workspace_id = s.workspace_id AND m.id = s.model_id
        WHERE s.workspace_id = ${ws} AND m.settled_on >= ${p.today}::date) AS staged,
      (SELECT count(*) FROM membership WHERE workspace_id = ${ws} AND suspended_at IS NULL) AS members,
      (SELECT count(*) FROM invitation WHERE workspace_id = ${ws} AND accepted_at IS NULL
        AND revoked_at IS NULL AND expires_at > ${p.now}) AS invited
    FROM known`,
  );
  return row!;
}

/** Whether the member needs the first steps no more. */
export async function isStartDismissed(
  db: Db,
  p: { workspaceId: number; memberId: string },
): Promise<boolean> {
  const row = await findRow(
    db,
    z.object({ dismissed: z.boolean() }),
    sql`SELECT EXISTS (SELECT FROM onboarding_dismissal
          WHERE workspace_id = ${p.workspaceId} AND member_id = ${p.memberId}) AS dismissed`,
  );
  return row!.dismissed;
}

/** The first steps as a member sees them. */
export interface Start {
  facts: StartFacts;
  sample: SampleState;
  dismissed: boolean;
}

/** How far the workspace is with its first steps, and whether the member still wants to see them. */
export async function getStart(
  db: Db,
  p: { workspaceId: number; memberId: string; today: Day; now: Date },
): Promise<Start> {
  const [facts, sample, dismissed] = await Promise.all([
    getStartFacts(db, p),
    getSampleState(db, p.workspaceId),
    isStartDismissed(db, p),
  ]);
  return { facts, sample, dismissed };
}
