import { z } from "zod";
import { ring } from "@/lib/jobs/queue";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { requestSampleChange } from "@/lib/onboarding/mutations";
import { getSampleState } from "@/lib/onboarding/queries";
import { sampleAct, sampleState } from "@/lib/onboarding/schema";

export const GET = workspaceRoute({
  summary: "Answers whether sample data is there and how far a change of it is",
  permission: "data.read",
  answer: sampleState,
  handle: ({ access: { workspace, db } }) => getSampleState(db, workspace.id),
});

export const POST = workspaceRoute({
  summary: "Loads sample data into the workspace, or removes it completely; a worker does it",
  permission: "sample.manage",
  body: z.strictObject({ act: sampleAct }),
  answer: z.object({ runId: z.number().int() }),
  handle: async ({ access, body: { act }, now }) => {
    const workspaceId = access.workspace.id;
    const runId = await requestSampleChange(access.db, { workspaceId, act, actor: actorOf(access), now });
    // The bell only hurries: the run stands in the tables, and a worker looks by itself.
    void ring("sample-data", { workspaceId, runId });
    return { runId };
  },
});
