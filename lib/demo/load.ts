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

export type DemoStep = "members" | "events" | "stages";

export interface DemoLoad {
  pool: Pool;
  prisma: Prisma;
  demo: DemoWorkspace;
  clock: Clock;
  /** Brings the events in, through inbox and drain; may be called again after an interruption. Answers what it counted. */
  fill: (workspace: Workspace, now: Date) => Promise<Record<string, number>>;
  onStep?: (step: DemoStep, done: number, total: number) => void;
}

async function ensureWorkspace(p: DemoLoad): Promise<Workspace> {
  try {
    return await getWorkspaceBySlug(p.pool, p.demo.slug);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  const { clockAt, ...demo } = p.demo;
  return createWorkspace(p.pool, {
    ...demo,
    clock: { mode: "fixed", at: clockAt },
    isDemo: true,
    now: p.clock(),
  });
}

/**
 * Makes a demo workspace with its members, events and the stages its customers have lived through. Loaded already → null.
 * Interrupted anywhere, the next call goes on and doubles nothing.
 */
export async function loadDemoWorkspace(p: DemoLoad): Promise<Record<string, number> | null> {
  const startedAt = p.clock();
  const workspace = await ensureWorkspace(p);
  if (await isDemoLoaded(p.pool, workspace.id)) return null;
  p.onStep?.("members", 0, 1);
  await addDemoMembers(p.prisma, { workspaceId: workspace.id, now: startedAt });
  const filled = await p.fill(workspace, startedAt);
  const stages = await replay(p.pool, {
    workspaceId: workspace.id,
    asOf: workspaceDay(workspace, p.clock()),
    now: p.clock(),
    onProgress: (done, total) => p.onStep?.("stages", done, total),
  });
  const counts = { ...filled, ...stages };
  await recordDemoLoad(p.pool, { workspaceId: workspace.id, counts, startedAt, now: p.clock() });
  return counts;
}
