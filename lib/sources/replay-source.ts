import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import { type Actor, actor } from "@/lib/audit/schema";
import { type Db, findRow, type Pool, sql, transaction } from "@/lib/platform/db";
import { requestRun } from "@/lib/runs/mutations";
import { getWorkspace } from "@/lib/workspaces/queries";
import { activeMapping } from "./active-mapping";
import { getSource } from "./queries";
import { replayQuarantine } from "./replay";
import type { ReplayCounts } from "./replay-answer";

/** Up to so many refused events are replayed while the person waits; more become a run. */
export const REPLAY_AT_ONCE = 3_000;

/** What a run of kind replay-quarantine works on. */
export const replayInput = z.object({ sourceId: z.number().int(), actor });

interface Replay {
  workspaceId: number;
  sourceId: number;
  actor: Actor;
  now: Date;
}

/** Replays the quarantine of a source under its saved mapping and writes down who asked and what became of it. */
export async function replaySource(
  pool: Pool,
  p: Replay & { onProgress?: (counts: ReplayCounts) => void; isStopping?: () => boolean },
): Promise<ReplayCounts> {
  const source = await getSource(pool, p);
  const { currency } = await getWorkspace(pool, p.workspaceId);
  const apply = await activeMapping(pool, { ...p, version: source.mappingVersion });
  const counts = await replayQuarantine(pool, { ...p, currency, apply });
  if (counts.accepted + counts.dropped > 0)
    await transaction(pool, (db) =>
      appendAudit(db, {
        ...p,
        action: "quarantine.replayed",
        target: source.name,
        after: { ...counts, mappingVersion: source.mappingVersion },
      }),
    );
  return counts;
}

const countRow = z.object({ count: z.number() });

/** How many refused events a source has, counted up to one more than REPLAY_AT_ONCE. */
const countUpToLimit = async (db: Db, p: Replay): Promise<number> => {
  const found = await findRow(
    db,
    countRow,
    sql`SELECT count(*) FROM (SELECT FROM event_quarantine
          WHERE workspace_id = ${p.workspaceId} AND source_id = ${p.sourceId} LIMIT ${REPLAY_AT_ONCE + 1}) AS counted`,
  );
  return found?.count ?? 0;
};

/** Replays at once, or makes a run of it where it would take too long to wait for. */
export async function startReplay(
  pool: Pool,
  p: Replay,
): Promise<{ counts: ReplayCounts; runId: null } | { counts: null; runId: number }> {
  await getSource(pool, p);
  if ((await countUpToLimit(pool, p)) <= REPLAY_AT_ONCE)
    return { counts: await replaySource(pool, p), runId: null };
  const input = { sourceId: p.sourceId, actor: p.actor } satisfies z.infer<typeof replayInput>;
  const runId = await requestRun(pool, { ...p, job: "replay-quarantine", input, requestedBy: p.actor.name });
  return { counts: null, runId };
}
