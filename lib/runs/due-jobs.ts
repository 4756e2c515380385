import type { Job } from "@/lib/jobs/contracts";
import type { Pool } from "@/lib/platform/db";
import { listWorkspaces } from "@/lib/workspaces/queries";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import { listLastSlots, listPendingWork, listStoppedSlots } from "./queries";
import type { LastSlot, SlotJob } from "./schema";
import { hourlySlotDue, nightlySlotDue } from "./slots";

/**
 * Every job the tables call for at `now`, whatever the queue knows: rows in an inbox, stages behind their day, slots that
 * have come, and slots whose worker was lost. Asking for a job twice is harmless.
 */
export async function listDueJobs(pool: Pool, now: Date): Promise<Job[]> {
  const workspaces = await listWorkspaces(pool);
  const days = workspaces.map((w) => ({ id: w.id, asOf: workspaceDay(w, now) }));
  const [pending, lastSlots, stopped] = await Promise.all([
    listPendingWork(pool, days),
    listLastSlots(pool),
    listStoppedSlots(pool, now),
  ]);
  const jobs: Job[] = [];
  for (const { workspaceId, inbox, stages } of pending) {
    if (inbox) jobs.push({ name: "drain", payload: { workspaceId } });
    if (stages) jobs.push({ name: "recompute-incremental", payload: { workspaceId } });
  }
  const byId = new Map(workspaces.map((w) => [w.id, w]));
  for (const last of lastSlots) {
    const workspace = byId.get(last.workspaceId);
    const slot = workspace && slotDue(workspace, last, now);
    if (slot) jobs.push(slotJobAt(last.workspaceId, last.job, slot));
  }
  for (const { workspaceId, job, slotAt } of stopped) jobs.push(slotJobAt(workspaceId, job, slotAt));
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
