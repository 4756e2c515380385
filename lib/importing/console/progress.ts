import type { Counts } from "@/lib/jobs/contracts";
import { type Progress, progress } from "./schema";

const phases = progress.shape.phase.options;

/** A progress as the counts of a run, and back: what the run keeps are numbers. */
export const runCounts = {
  ofProgress: ({ phase, ...numbers }: Progress): Counts => ({ phase: phases.indexOf(phase), ...numbers }),
  toProgress(counts: Counts): Progress | null {
    const parsed = progress.safeParse({ ...counts, phase: phases[counts.phase ?? -1] });
    return parsed.success ? parsed.data : null;
  },
};
