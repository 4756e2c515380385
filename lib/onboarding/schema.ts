import { z } from "zod";
import { actor } from "@/lib/audit/schema";

export const sampleAct = z.enum(["load", "remove"]);
export type SampleAct = z.infer<typeof sampleAct>;

/** What a run of kind sample-data works on; `at` is the moment it was asked for, so that every attempt makes the same rows. */
export const sampleInput = z.object({ act: sampleAct, at: z.coerce.date(), actor });
export type SampleInput = z.infer<typeof sampleInput>;

/** How it stands with the sample data of a workspace. */
export const sampleState = z.object({
  /** Sample data is there, whole or in part. */
  present: z.boolean(),
  /** What is under way, or was given up on; null when nothing is. */
  run: z
    .object({
      act: sampleAct,
      state: z.enum(["working", "failed"]),
      /** Events done, and to be done; 0 of 0 before they are counted. */
      done: z.number(),
      total: z.number(),
    })
    .nullable(),
});
export type SampleState = z.infer<typeof sampleState>;

/** The first steps in a workspace, in their order. */
export const startSteps = ["data", "people", "stages", "colleagues"] as const;
export type StartStep = (typeof startSteps)[number];

/** What is so in a workspace: the steps tick themselves by it. */
export const startFacts = z.object({
  customers: z.number(),
  /** Customers that are not sample data. */
  realCustomers: z.number(),
  /** Accepted events wait to be stored. */
  waiting: z.boolean(),
  /** Events that were refused and wait for somebody to mend them. */
  refused: z.number(),
  /** Customers who have a stage as of the day the workspace lives in. */
  staged: z.number(),
  /** Members, and people invited who have not come yet. */
  members: z.number(),
  invited: z.number(),
});
export type StartFacts = z.infer<typeof startFacts>;

/** Which steps are done. */
export const stepsDone = (facts: StartFacts): Record<StartStep, boolean> => ({
  data: facts.customers > 0,
  people: facts.customers > 0 && !facts.waiting && facts.refused === 0,
  stages: facts.customers > 0 && facts.staged >= facts.customers,
  colleagues: facts.members + facts.invited > 1,
});
