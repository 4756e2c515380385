import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { drainAll } from "@/lib/intake/drain";
import { copyInbox } from "@/lib/intake/inbox";
import { retractSource } from "@/lib/intake/retract";
import { type Db, findRow, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { requestRun } from "@/lib/runs/mutations";
import { recomputeNow } from "@/lib/stages/recompute-now";
import { getWorkspace } from "@/lib/workspaces/queries";
import { workspaceNow } from "@/lib/workspaces/schema";
import { getSampleState } from "./queries";
import { sampleRows } from "./sample-rows";
import type { SampleAct, SampleInput } from "./schema";

/** Name of the source sample data comes by, as the sources page lists it. */
const SAMPLE_SOURCE = "Sample data 示例数据";
/** Rows of one COPY and one drain. */
const PIECE_ROWS = 5_000;

/**
 * Asks for sample data to be loaded or removed and writes it down, both or neither. A conflict while a change is under way,
 * or when there is nothing to do: it is there already, or not there. Answers the run; the caller rings.
 */
export const requestSampleChange = (
  pool: Pool,
  p: { workspaceId: number; act: SampleAct; actor: Actor; now: Date },
): Promise<number> =>
  transaction(pool, async (db) => {
    await db.query(sql`SELECT FROM workspace WHERE id = ${p.workspaceId} FOR NO KEY UPDATE`);
    const { present, run } = await getSampleState(db, p.workspaceId);
    const isLoadedWhole = present && run === null;
    if (run?.state === "working" || (p.act === "load" ? isLoadedWhole : !present))
      throw new AppError("conflict", "Sample data is there already, is not there, or is being changed", {
        present,
        run,
      });
    const input: SampleInput = { act: p.act, at: p.now, actor: p.actor };
    const runId = await requestRun(db, { ...p, job: "sample-data", input, requestedBy: p.actor.name });
    await appendAudit(db, {
      ...p,
      action: p.act === "load" ? "sample.loaded" : "sample.removed",
      target: SAMPLE_SOURCE,
    });
    return runId;
  });

const idRow = z.object({ id: z.number() });

const findSampleSource = async (db: Db, workspaceId: number): Promise<number | null> =>
  (await findRow(db, idRow, sql`SELECT id FROM source WHERE workspace_id = ${workspaceId} AND is_sample`))
    ?.id ?? null;

/** The source of the sample data, made where it is missing. */
async function ensureSampleSource(db: Db, workspaceId: number, now: Date): Promise<number> {
  await db.query(sql`
    INSERT INTO source (workspace_id, name, kind, is_sample, created_at)
    SELECT ${workspaceId}, ${SAMPLE_SOURCE}, 'demo', true, ${now}
    WHERE NOT EXISTS (SELECT FROM source WHERE workspace_id = ${workspaceId} AND is_sample)`);
  return (await findSampleSource(db, workspaceId))!;
}

interface SampleWork {
  workspaceId: number;
  /** When it was asked for. */
  at: Date;
  clock: () => Date;
  onProgress?: (counts: { done: number; total: number }) => void;
}

/**
 * Lets the imagined shop happen up to the moment the workspace lived at when it was asked for, and judges its customers.
 * Interrupted, it is simply done again: what is there is recognised by its message id.
 */
export async function loadSample(
  pool: Pool,
  p: SampleWork,
): Promise<{ done: number; total: number; stored: number }> {
  const { workspaceId } = p;
  const workspace = await getWorkspace(pool, workspaceId);
  const { timeZone, currency } = workspace;
  const sourceId = await ensureSampleSource(pool, workspaceId, p.at);
  const rows = [...sampleRows({ sourceId, timeZone, currency, until: workspaceNow(workspace, p.at) })];
  const counts = { done: 0, total: rows.length, stored: 0 };
  for (; counts.done < rows.length; p.onProgress?.(counts)) {
    const piece = rows.slice(counts.done, counts.done + PIECE_ROWS);
    await transaction(pool, (db) => copyInbox(db, workspaceId, piece));
    const drained = await drainAll(pool, { workspaceId, timeZone, now: p.at });
    counts.done += piece.length;
    counts.stored += drained.stored;
  }
  await recomputeNow(pool, { workspaceId, mode: "incremental", clock: p.clock });
  return counts;
}

/**
 * Takes back everything that came with the sample data and its source: afterwards the workspace is as if it had never been
 * there. What other sources have used of it since stays (lib/intake/retract.ts).
 */
export async function removeSample(
  pool: Pool,
  p: SampleWork,
): Promise<{ done: number; total: number; events: number; customers: number }> {
  const { workspaceId } = p;
  const sourceId = await findSampleSource(pool, workspaceId);
  if (sourceId === null) return { done: 0, total: 0, events: 0, customers: 0 };
  const { timeZone } = await getWorkspace(pool, workspaceId);
  const progress = { done: 0, total: 0 };
  const { events, customers } = await retractSource(pool, {
    workspaceId,
    sourceId,
    timeZone,
    now: p.at,
    onProgress: (done, total) => {
      Object.assign(progress, { done, total });
      p.onProgress?.({ done, total });
    },
  });
  await recomputeNow(pool, { workspaceId, mode: "incremental", clock: p.clock });
  await transaction(pool, async (db) => {
    const its = sql`workspace_id = ${workspaceId} AND source_id = ${sourceId}`;
    await db.query(sql`DELETE FROM source_activity WHERE ${its}`);
    await db.query(sql`DELETE FROM event_quarantine WHERE ${its}`);
    await db.query(sql`DELETE FROM source WHERE workspace_id = ${workspaceId} AND id = ${sourceId}`);
  });
  return { ...progress, events, customers };
}

/** Shows the member the first steps no more, or again. */
export async function setStartDismissed(
  db: Db,
  p: { workspaceId: number; memberId: string; dismissed: boolean; now: Date },
): Promise<void> {
  await db.query(
    p.dismissed
      ? sql`INSERT INTO onboarding_dismissal (workspace_id, member_id, dismissed_at)
            VALUES (${p.workspaceId}, ${p.memberId}, ${p.now}) ON CONFLICT DO NOTHING`
      : sql`DELETE FROM onboarding_dismissal WHERE workspace_id = ${p.workspaceId} AND member_id = ${p.memberId}`,
  );
}
