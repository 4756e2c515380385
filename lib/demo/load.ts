import { refreshStatistics } from "@/lib/intake/statistics";
import { addDemoMembers } from "@/lib/members/demo-sign-ins";
import type { Clock } from "@/lib/platform/clock";
import type { Pool } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { replay } from "@/lib/stages/recompute";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import { isDemoLoaded, recordDemoLoad } from "./loaded";
import type { DemoWorkspace } from "./workspaces";

/** The demo workspace with its members, created where missing; a second call changes nothing. */
export async function openDemoWorkspace(
  p: { pool: Pool; directory: Pool; prisma: Prisma },
  demo: DemoWorkspace,
  now: Date,
): Promise<Workspace> {
  const workspace = await ensureWorkspace(p, demo, now);
  await addDemoMembers(p.prisma, { workspaceId: workspace.id, now });
  return workspace;
}

async function ensureWorkspace(
  { pool, directory }: { pool: Pool; directory: Pool },
  demo: DemoWorkspace,
  now: Date,
): Promise<Workspace> {
  try {
    return await getWorkspaceBySlug(directory, demo.slug);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  const { clockAt, ...rest } = demo;
  return createWorkspace(pool, { ...rest, clock: { mode: "fixed", at: clockAt }, isDemo: true, now });
}

/** Told how many rows were read so far; `ahead`: they are only looked at, storing begins at 0 again. */
export type OnRows = (rows: number, ahead?: boolean) => void;

export interface DemoLoad {
  workspace: Workspace;
  clock: Clock;
  /** Brings the events in, through inbox and drain; may be called again after an interruption. Answers what it counted. */
  fill: (workspace: Workspace, now: Date) => Promise<Record<string, number>>;
  /** Told while stages are lived through, with shards done. */
  onStages?: (done: number, total: number) => void;
}

/**
 * Brings a demo workspace its events and the stages its customers have lived through. Loaded already → null. Interrupted
 * anywhere, the next call goes on and doubles nothing.
 */
export async function loadDemoWorkspace(pool: Pool, p: DemoLoad): Promise<Record<string, number> | null> {
  const { workspace } = p;
  if (await isDemoLoaded(pool, workspace.id)) return null;
  const startedAt = p.clock();
  const filled = await p.fill(workspace, startedAt);
  await refreshStatistics(pool);
  const stages = await replay(pool, {
    workspaceId: workspace.id,
    asOf: workspaceDay(workspace, p.clock()),
    now: p.clock(),
    onProgress: p.onStages,
  });
  await refreshStatistics(pool);
  const counts = { ...filled, ...stages };
  await recordDemoLoad(pool, { workspaceId: workspace.id, counts, startedAt, now: p.clock() });
  return counts;
}
