import { z } from "zod";
import type { Counts } from "@/lib/jobs/contracts";
import { type Db, findRow, type Pool, queryRows, type Sql, sql, transaction } from "@/lib/platform/db";
import { failRun, finishRun } from "@/lib/runs/mutations";
import { LEASE_MS, MAX_ATTEMPTS, type RunClaim } from "@/lib/runs/schema";
import { getImport } from "./queries";
import { type ImportFault, type ImportRecord, KEEP_FILE_DAYS, type WorkingState } from "./schema";

/** First key of the advisory lock under which steps are handed out; the second is the workspace. */
const STEP_LOCK = 735;
const DAY_MS = 86_400_000;

const runKinds: Record<WorkingState, string> = {
  checking: "import-check",
  importing: "import-load",
  undoing: "import-undo",
};

/** The right to do one step of one import. */
export interface Step {
  claim: RunClaim;
  record: ImportRecord & { state: WorkingState };
}

const waitingRow = z.object({
  id: z.number(),
  runId: z.number().nullable(),
  attempt: z.number().nullable(),
  heartbeatAt: z.date().nullable(),
});
const claimRow = z.object({ runId: z.number(), attempt: z.number() });

/**
 * Hands out the oldest step that waits in the workspace, with a run of its own, or takes over that of a worker that fell
 * silent. One at a time: null while another worker is at one, and when none waits. A step that lost its worker too
 * often is ended as failed.
 */
export const takeStep = (pool: Pool, p: { workspaceId: number; now: Date }): Promise<Step | null> =>
  transaction(pool, async (db) => {
    await db.query(sql`SELECT pg_advisory_xact_lock(${STEP_LOCK}, ${p.workspaceId})`);
    const waiting = await queryRows(
      db,
      waitingRow,
      sql`SELECT i.id, r.id AS "runId", r.attempt, r.heartbeat_at AS "heartbeatAt"
          FROM import i LEFT JOIN run r ON r.id = i.run_id AND r.workspace_id = i.workspace_id AND r.state = 'running'
          WHERE i.workspace_id = ${p.workspaceId} AND i.state IN ('checking', 'importing', 'undoing')
          ORDER BY i.queued_at, i.id`,
    );
    const lost = new Date(p.now.getTime() - LEASE_MS);
    if (waiting.some((one) => one.heartbeatAt && one.heartbeatAt >= lost)) return null;
    for (const one of waiting) {
      const record = (await getImport(db, { ...p, importId: one.id })) as Step["record"];
      if (one.runId !== null && one.attempt! >= MAX_ATTEMPTS) {
        const reason = `Stopped ${MAX_ATTEMPTS} times without an outcome; the worker's log says why`;
        const claim = { runId: one.runId, attempt: one.attempt! };
        await failRun(db, claim, { error: reason, now: p.now });
        await endFailed(
          db,
          p.workspaceId,
          record,
          { reason: "worker_lost", message: reason, details: {} },
          p.now,
        );
        continue;
      }
      const claim = one.runId === null ? await startRun(db, p, record) : await takeOver(db, p, one.runId);
      return { claim, record };
    }
    return null;
  });

async function startRun(
  db: Db,
  p: { workspaceId: number; now: Date },
  record: Step["record"],
): Promise<RunClaim> {
  const claim = await findRow(
    db,
    claimRow,
    sql`INSERT INTO run (workspace_id, kind, state, started_at, heartbeat_at)
        VALUES (${p.workspaceId}, ${runKinds[record.state]}, 'running', ${p.now}, ${p.now})
        RETURNING id AS "runId", attempt`,
  );
  await db.query(sql`
    UPDATE import SET run_id = ${claim!.runId} WHERE workspace_id = ${p.workspaceId} AND id = ${record.id}`);
  return claim!;
}

async function takeOver(db: Db, p: { workspaceId: number; now: Date }, runId: number): Promise<RunClaim> {
  const claim = await findRow(
    db,
    claimRow,
    sql`UPDATE run SET attempt = attempt + 1, heartbeat_at = ${p.now}
        WHERE id = ${runId} AND workspace_id = ${p.workspaceId} RETURNING id AS "runId", attempt`,
  );
  return claim!;
}

/** Gives a step back, so that the next worker need not wait for the lease. */
export const releaseStep = (db: Db, { claim }: Step) =>
  db.query(sql`
    UPDATE run SET heartbeat_at = started_at - interval '1 day'
    WHERE id = ${claim.runId} AND attempt = ${claim.attempt} AND state = 'running'`);

/** Ends a step with its outcome, run and import together; false, and nothing changes, when another worker has it now. */
export const finishStep = (
  pool: Pool,
  workspaceId: number,
  step: Step,
  p: { change: Sql; counts: Counts; now: Date },
): Promise<boolean> =>
  transaction(pool, async (db) => {
    if (!(await finishRun(db, step.claim, p))) return false;
    await db.query(sql`
      UPDATE import SET ${p.change}, stop = NULL WHERE workspace_id = ${workspaceId} AND id = ${step.record.id}`);
    return true;
  });

/** Ends a step that cannot be done: a dry run leaves the import ready to be changed, another one failed. */
export const failStep = (
  pool: Pool,
  workspaceId: number,
  step: Step,
  p: { fault: ImportFault; now: Date },
): Promise<boolean> =>
  transaction(pool, async (db) => {
    if (!(await failRun(db, step.claim, { error: p.fault.message, now: p.now }))) return false;
    await endFailed(db, workspaceId, step.record, p.fault, p.now);
    return true;
  });

async function endFailed(db: Db, workspaceId: number, record: Step["record"], fault: ImportFault, now: Date) {
  const state = record.state === "checking" ? "ready" : "failed";
  await db.query(sql`
    UPDATE import SET state = ${state}, error = ${JSON.stringify(fault)}::jsonb, stop = NULL, finished_at = ${now}
    WHERE workspace_id = ${workspaceId} AND id = ${record.id}`);
}

/** Whether a step waits in the workspace and no worker is at any. */
export async function hasWaitingStep(db: Db, p: { workspaceId: number; now: Date }): Promise<boolean> {
  const row = await findRow(
    db,
    z.object({ waits: z.boolean() }),
    sql`SELECT count(*) > 0 AND NOT coalesce(bool_or(r.heartbeat_at >= ${new Date(p.now.getTime() - LEASE_MS)}), false) AS waits
        FROM import i LEFT JOIN run r ON r.id = i.run_id AND r.workspace_id = i.workspace_id AND r.state = 'running'
        WHERE i.workspace_id = ${p.workspaceId} AND i.state IN ('checking', 'importing', 'undoing')`,
  );
  return row!.waits;
}

/** Deletes files nobody needs any more: of imports that ended, and with their imports those that were begun and left. */
export async function dropOldFiles(db: Db, p: { workspaceId: number; now: Date }): Promise<void> {
  const before = new Date(p.now.getTime() - KEEP_FILE_DAYS * DAY_MS);
  await db.query(sql`
    DELETE FROM import WHERE workspace_id = ${p.workspaceId} AND source_id IS NULL
      AND state IN ('uploading', 'ready', 'checked') AND created_at < ${before}`);
  await db.query(sql`
    DELETE FROM import_chunk c USING import i
    WHERE i.workspace_id = ${p.workspaceId} AND i.finished_at < ${before}
      AND c.workspace_id = i.workspace_id AND c.import_id = i.id`);
}
