import { z } from "zod";
import { type Day, day } from "@/lib/platform/day";
import type { StageFilter } from "./customers-in-stage";

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

/** Customers in a stage as of a day; with `since` and `fromStage`, those who were in that stage at the end of that earlier day. */
export const customersFilter = z.strictObject(customersFilterFields).refine(filterIsWhole, wholeFilterError);
export type CustomersFilter = z.infer<typeof customersFilter>;

/** Reads a page's search parameters: what is not readable is left out and named, never an error. */
export function readCustomersFilter(params: Record<string, string | string[] | undefined>): {
  filter: CustomersFilter;
  ignored: string[];
} {
  const kept: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    // "constructor" and its like are found on every object, but are no filters.
    const parsed = Object.hasOwn(customersFilterFields, name)
      ? customersFilterFields[name as keyof typeof customersFilterFields].safeParse(value)
      : null;
    if (parsed?.success) kept[name] = parsed.data;
    else ignored.push(name);
  }
  const filter = customersFilter.safeParse(kept);
  if (filter.success) return { filter: filter.data, ignored };
  const { since: _since, fromStage: _fromStage, ...rest } = kept;
  return { filter: rest as CustomersFilter, ignored: [...ignored, "since", "fromStage"].sort() };
}

/** The filter as the stage log is asked. */
export const stageFilterOf = (filter: CustomersFilter, asOf: Day): StageFilter => ({
  asOf,
  stage: filter.stage,
  since: filter.since,
  fromStage: filter.fromStage === APPEARED ? "" : filter.fromStage,
});

/** The search string of a filter, as links write it. */
export function customersSearch(filter: Partial<Record<keyof CustomersFilter, string>>): string {
  const params = new URLSearchParams();
  for (const name of ["stage", "asOf", "since", "fromStage"] as const) {
    const value = filter[name];
    if (value !== undefined) params.set(name, value);
  }
  return params.toString();
}

/** The day a list is about: the one asked for, or today when it is missing or has not come yet. */
export const listDay = (asked: Day | undefined, today: Day): Day => (asked && asked < today ? asked : today);
