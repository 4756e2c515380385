import type { Handlers } from "@/lib/jobs/contracts";
import type { WorkerContext } from "./context";
import { checkInvariantsOfWorkspace } from "./jobs/check-invariants";
import { drainWorkspace } from "./jobs/drain";
import { doImportSteps } from "./jobs/import-step";
import { recomputeFull } from "./jobs/recompute-full";
import { recomputeIncremental } from "./jobs/recompute-incremental";
import { reconcile } from "./jobs/reconcile";
import { replayQuarantineOfSource } from "./jobs/replay-quarantine";
import { changeSampleData } from "./jobs/sample-data";

export const handlers: Handlers<WorkerContext> = {
  drain: drainWorkspace,
  reconcile: async (context) => (await reconcile(context)).counts,
  "recompute-incremental": recomputeIncremental,
  "import-step": doImportSteps,
  "recompute-full": recomputeFull,
  "replay-quarantine": replayQuarantineOfSource,
  "sample-data": changeSampleData,
  "check-invariants": checkInvariantsOfWorkspace,
};
