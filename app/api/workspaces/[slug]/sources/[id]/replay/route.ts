import { ring } from "@/lib/jobs/queue";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { replayAnswer } from "@/lib/sources/replay-answer";
import { startReplay } from "@/lib/sources/replay-source";
import { sourcePath } from "@/lib/sources/schema";

export const POST = workspaceRoute({
  summary: "Sends a source's quarantine through the intake again, each event once; a long one becomes a run",
  permission: "data.replay",
  params: sourcePath,
  answer: replayAnswer,
  handle: async ({ access, params, now }) => {
    const workspaceId = access.workspace.id;
    const answer = await startReplay(access.db, {
      workspaceId,
      sourceId: params.id,
      actor: actorOf(access),
      now,
    });
    // The bells only hurry: the events are durable, and a worker looks by itself every 15 s.
    if (answer.runId !== null) void ring("replay-quarantine", { workspaceId, runId: answer.runId });
    else if (answer.counts.accepted > 0) void ring("drain", { workspaceId });
    return answer;
  },
});
