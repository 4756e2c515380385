import { hasWaitingStep } from "@/lib/importing/console/steps";
import type { Job } from "@/lib/jobs/contracts";
import { type Pool, workspacePool } from "@/lib/platform/db";
import { listWorkspaces } from "@/lib/workspaces/queries";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import { findPendingWork, listLastSlots, listStoppedSlots, listWaitingRuns } from "./queries";
import type { LastSlot, SlotJob } from "./schema";
import { hourlySlotDue, nightlySlotDue } from "./slots";

/**
 * Every job the tables call for at `now`, whatever the queue knows: rows in an inbox, stages behind their day, slots that
 * have come, imports nobody is at, runs people asked for, and whatever lost its worker. Asking for a job twice is
 * harmless. The directory says which workspaces
 * there are; each is asked by itself.
 */
export async function listDueJobs(p: { directory: Pool; pool: Pool }, now: Date): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const workspace of await listWorkspaces(p.directory))
    jobs.push(...(await dueJobsOf(workspacePool(p.pool, workspace.id), workspace, now)));
  return jobs;
}

async function dueJobsOf(db: Pool, workspace: Workspace, now: Date): Promise<Job[]> {
  const workspaceId = workspace.id;
  const jobs: Job[] = [];
  // One after the other: they find the same connection, bound already.
  const pending = await findPendingWork(db, { workspaceId, asOf: workspaceDay(workspace, now) });
  if (pending?.inbox) jobs.push({ name: "drain", payload: { workspaceId } });
  if (pending?.stages) jobs.push({ name: "recompute-incremental", payload: { workspaceId } });
  if (await hasWaitingStep(db, { workspaceId, now }))
    jobs.push({ name: "import-step", payload: { workspaceId } });
  for (const last of await listLastSlots(db, workspaceId)) {
    const slot = slotDue(workspace, last, now);
    if (slot) jobs.push(slotJobAt(workspaceId, last.job, slot));
  }
  for (const { job, slotAt } of await listStoppedSlots(db, { workspaceId, now }))
    jobs.push(slotJobAt(workspaceId, job, slotAt));
  for (const { job, runId } of await listWaitingRuns(db, { workspaceId, now }))
    jobs.push({ name: job, payload: { workspaceId, runId } });
  return jobs;
}

function slotDue(workspace: Workspace, last: LastSlot, now: Date): Date | null {
  switch (last.job) {
    case "recompute-full":
      return nightlySlotDue(workspace, last.slotAt, now);
    case "check-invariants":
      return hourlySlotDue(last.slotAt, now);
  }
}

const slotJobAt = (workspaceId: number, name: SlotJob, at: Date): Job => ({
  name,
  payload: { workspaceId, slotAt: at.toISOString() },
});
