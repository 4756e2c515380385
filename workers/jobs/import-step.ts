import { z } from "zod";
import { faultOfError } from "@/lib/importing/console/faults";
import { runCounts } from "@/lib/importing/console/progress";
import { StoredRejects } from "@/lib/importing/console/rejects";
import {
  type CheckResult,
  type ImportResult,
  kindOf,
  type Progress,
  type Summary,
} from "@/lib/importing/console/schema";
import { Rehearsal } from "@/lib/importing/console/stage-effect";
import { failStep, finishStep, releaseStep, type Step, takeStep } from "@/lib/importing/console/steps";
import { storedFile } from "@/lib/importing/console/stored-file";
import { type ImportOptions, importFile } from "@/lib/importing/import-file";
import type { ImportSummary } from "@/lib/importing/summary";
import { drainAll } from "@/lib/intake/drain";
import { retractSource } from "@/lib/intake/retract";
import { refreshStatistics } from "@/lib/intake/statistics";
import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { findRow, type Sql, sql } from "@/lib/platform/db";
import { touchRun } from "@/lib/runs/mutations";
import { LEASE_MS } from "@/lib/runs/schema";
import { getWorkspace } from "@/lib/workspaces/queries";
import { type Workspace, workspaceNow } from "@/lib/workspaces/schema";
import type { WorkerContext } from "../context";

/** Progress is shown as it is written: often enough to look alive, and to hear that the step is to stop. */
const BEAT_MS = Math.min(2_000, LEASE_MS / 5);
/** After a load of this size the planner is told. */
const MANY_EVENTS = 50_000;

/** Why a step ends early. */
class Interrupted extends Error {
  constructor(readonly by: "stop" | "shutdown" | "lost") {
    super(by);
  }
}

/** Does the imports of a workspace that were asked for, one after the other in the order of asking, until none waits. */
export async function doImportSteps(
  context: WorkerContext,
  { workspaceId }: JobPayload<"import-step">,
): Promise<Counts> {
  let steps = 0;
  while (!context.isStopping()) {
    const step = await takeStep(context.pool, { workspaceId, now: context.clock() });
    if (!step) break;
    await doStep(context, await getWorkspace(context.pool, workspaceId), step);
    steps += 1;
  }
  return { steps };
}

interface Outcome {
  change: Sql;
  counts: Counts;
}
type Report = (progress: Omit<Progress, "sinceMs" | "atMs">) => void;

async function doStep(context: WorkerContext, workspace: Workspace, step: Step): Promise<void> {
  const { pool, clock, log } = context;
  const beat = new Heartbeat(context, workspace.id, step);
  try {
    if (step.record.stop !== null) throw new Interrupted("stop");
    const work = { checking: check, importing: load, undoing: undo }[step.record.state];
    const outcome = await work(context, workspace, step, beat.report);
    await finishStep(pool, workspace.id, step, { ...outcome, now: clock() });
  } catch (error) {
    if (!(error instanceof Interrupted)) {
      await beat.end();
      return fail(context, workspace.id, step, error);
    }
    log.info({ importId: step.record.id, by: error.by }, "import step interrupted");
    if (error.by === "stop") await stop(context, workspace, step);
    if (error.by === "shutdown") await releaseStep(pool, step);
  } finally {
    await beat.end();
  }
}

/** What the file is to blame for ends the step; anything else is tried again, by another worker if need be. */
async function fail({ pool, clock }: WorkerContext, workspaceId: number, step: Step, error: unknown) {
  try {
    const fault = faultOfError(error);
    await failStep(pool, workspaceId, step, { fault, now: clock() });
  } catch (unexpected) {
    await releaseStep(pool, step);
    throw unexpected;
  }
}

/** Writes progress and hears whether the step is still wanted and still ours. */
class Heartbeat {
  private progress: Progress | null = null;
  private heard: Interrupted | null = null;
  private readonly timer: NodeJS.Timeout;
  private beating: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: WorkerContext,
    private readonly workspaceId: number,
    private readonly step: Step,
  ) {
    this.timer = setInterval(() => {
      this.beating = this.beat().catch((error: Error) =>
        context.log.warn({ ...step.claim, error: error.message }, "heartbeat missed"),
      );
    }, BEAT_MS);
  }

  /** Takes the progress; throws Interrupted when the step must end. */
  report: Report = (now) => {
    const atMs = this.context.clock().getTime();
    const sinceMs = this.progress?.phase === now.phase ? this.progress.sinceMs : atMs;
    this.progress = { ...now, sinceMs, atMs };
    if (this.heard) throw this.heard;
    if (this.context.isStopping()) throw new Interrupted("shutdown");
  };

  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  private async beat(): Promise<void> {
    const { pool, clock } = this.context;
    const counts = this.progress ? runCounts.ofProgress(this.progress) : {};
    const ours = await touchRun(pool, this.step.claim, { counts, now: clock() });
    if (!ours) this.heard = new Interrupted("lost");
    else if (await isToStop(pool, this.workspaceId, this.step)) this.heard = new Interrupted("stop");
  }
}

async function isToStop(
  pool: WorkerContext["pool"],
  workspaceId: number,
  { record }: Step,
): Promise<boolean> {
  if (record.state === "undoing") return false;
  const row = await findRow(
    pool,
    z.object({ stop: z.string().nullable() }),
    sql`SELECT stop FROM import WHERE workspace_id = ${workspaceId} AND id = ${record.id}`,
  );
  return row !== null && row.stop !== null;
}

/** What both passes over the file have in common. */
async function pass(
  context: WorkerContext,
  workspace: Workspace,
  { record }: Step,
  report: Report,
  more: Partial<ImportOptions>,
): Promise<ImportSummary> {
  const { settings, format } = record;
  const rejects = await StoredRejects.begin(context.pool, { workspaceId: workspace.id, importId: record.id });
  return importFile(context.pool, {
    workspace,
    kind: kindOf(settings!.content),
    file: storedFile(context.pool, { workspaceId: workspace.id, importId: record.id, ...record }),
    mapping: { ...settings!.mapping, ...(format!.delimiter !== null && { delimiter: format!.delimiter }) },
    encoding: format!.encoding,
    header: format!.header,
    rejects: () => rejects,
    // The moment it was asked for, however often it is begun: what is written does not depend on interruptions.
    now: record.queuedAt!,
    onProgress: ({ phase, bytes, totalBytes, rows }) =>
      report({ phase, done: bytes, total: totalBytes, rows }),
    ...more,
  });
}

const summaryOf = ({
  rows,
  skippedBy,
  refusedBy,
  events,
  money,
  period,
  newKinds,
}: ImportSummary): Summary => ({
  rows,
  skippedBy,
  refusedBy,
  events,
  money,
  period,
  newKinds,
});

async function check(
  context: WorkerContext,
  workspace: Workspace,
  step: Step,
  report: Report,
): Promise<Outcome> {
  const rehearsal = await Rehearsal.begin(context.pool, workspace);
  try {
    const found = await pass(context, workspace, step, report, {
      dryRun: true,
      onRehearsed: rehearsal.collect,
    });
    report({ phase: "effect", done: 0, total: 1, rows: found.rows.total });
    const now = context.clock();
    const checked: CheckResult = {
      ...summaryOf(found),
      duplicates: found.alreadyStored ?? 0,
      ...(await rehearsal.effect(now)),
      checkedAt: workspaceNow(workspace, now).toISOString(),
    };
    return {
      change: sql`state = 'checked', checked = ${JSON.stringify(checked)}::jsonb`,
      counts: { rows: found.rows.total, refused: found.rows.refused },
    };
  } finally {
    await rehearsal.end();
  }
}

async function load(
  context: WorkerContext,
  workspace: Workspace,
  step: Step,
  report: Report,
): Promise<Outcome> {
  const found = await pass(context, workspace, step, report, { source: step.record.sourceId! });
  const stored = await storedBy(context, workspace, step);
  const result: ImportResult = {
    summary: summaryOf(found),
    ...stored,
    duplicates: Math.max(0, found.events.total - stored.stored),
  };
  if (stored.stored > MANY_EVENTS) await refreshStatistics(context.pool);
  await context.queue.ring("recompute-incremental", { workspaceId: workspace.id });
  return {
    change: sql`state = 'succeeded', result = ${JSON.stringify(result)}::jsonb, finished_at = ${context.clock()}`,
    counts: { rows: found.rows.total, refused: found.rows.refused, stored: stored.stored },
  };
}

/** What of the import is in the store: counted there, so that it is right however often the import was begun. */
async function storedBy({ pool }: WorkerContext, workspace: Workspace, { record }: Step) {
  const row = await findRow(
    pool,
    z.object({ stored: z.number(), newCustomers: z.number() }),
    sql`SELECT (SELECT count(*) FROM event WHERE workspace_id = ${workspace.id} AND source_id = ${record.sourceId}) AS stored,
          (SELECT count(DISTINCT c.customer_id) FROM identity i
            JOIN customer c ON c.workspace_id = i.workspace_id AND c.customer_id = i.home_customer_id
            WHERE i.workspace_id = ${workspace.id} AND i.brought_by = ${record.sourceId}
              AND c.created_at = ${record.queuedAt}) AS "newCustomers"`,
  );
  return row!;
}

async function undo(
  context: WorkerContext,
  workspace: Workspace,
  step: Step,
  report: Report,
): Promise<Outcome> {
  const { pool, clock, queue } = context;
  const undone = await retractSource(pool, {
    workspaceId: workspace.id,
    sourceId: step.record.sourceId!,
    timeZone: workspace.timeZone,
    now: clock(),
    onProgress: (done, total) => report({ phase: "undo", done, total, rows: done }),
  });
  await queue.ring("recompute-incremental", { workspaceId: workspace.id });
  return {
    change: sql`state = 'undone', undone = ${JSON.stringify(undone)}::jsonb, finished_at = ${clock()}`,
    counts: { ...undone },
  };
}

/** Ends a step that was asked to stop: a dry run leaves no trace; of an import what is stored stays, or is queued to be undone. */
async function stop(context: WorkerContext, workspace: Workspace, step: Step): Promise<void> {
  const { pool, clock, queue } = context;
  const { record } = step;
  const now = clock();
  if (record.state === "checking") {
    await finishStep(pool, workspace.id, step, { change: sql`state = 'ready'`, counts: {}, now });
    return;
  }
  await drainAll(pool, { workspaceId: workspace.id, timeZone: workspace.timeZone, now });
  const stored = await storedBy(context, workspace, step);
  const result: ImportResult = { summary: null, duplicates: null, ...stored };
  await finishStep(pool, workspace.id, step, {
    change: sql`result = ${JSON.stringify(result)}::jsonb, finished_at = ${now}, queued_at = ${now},
      run_id = CASE WHEN stop = 'undo' THEN NULL ELSE run_id END,
      state = CASE WHEN stop = 'undo' THEN 'undoing' ELSE 'cancelled' END`,
    counts: { stored: stored.stored },
    now,
  });
  await queue.ring("recompute-incremental", { workspaceId: workspace.id });
}
