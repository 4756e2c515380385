import { z } from "zod";
import { type Day, day } from "@/lib/platform/day";

/** How the URL writes "was not there yet" as an earlier stage; no stage key can be this. */
export const APPEARED = "-";

const stageKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** Each filter of the customer list by its name in the URL, pages and API alike. */
export const customersFilterFields = {
  stage: stageKey.optional(),
  asOf: day.optional(),
  since: day.optional(),
  fromStage: z.union([stageKey, z.literal(APPEARED)]).optional(),
};

/** An earlier day without an earlier stage, or the other way round, asks nothing. */
export const filterIsWhole = (filter: { since?: Day; fromStage?: string }): boolean =>
  (filter.since === undefined) === (filter.fromStage === undefined);
export const wholeFilterError = { error: "since and fromStage belong together", path: ["fromStage"] };

/** The search string of a filter, as links write it. */
export function customersSearch(filter: Partial<Record<keyof typeof customersFilterFields, string>>): string {
  const params = new URLSearchParams();
  for (const name of ["stage", "asOf", "since", "fromStage"] as const) {
    const value = filter[name];
    if (value !== undefined) params.set(name, value);
  }
  return params.toString();
}

/** The day a list is about: the one asked for, or today when it is missing or has not come yet. */
export const listDay = (asked: Day | undefined, today: Day): Day => (asked && asked < today ? asked : today);
