import { z } from "zod";
import { type Day, day } from "@/lib/platform/day";

/** Keys of kinds as an address writes them: `order,refund`. */
const kinds = z
  .string()
  .max(2000)
  .transform((text) => [...new Set(text.split(",").filter((key) => key !== ""))]);

/** Each filter of the timeline by its name in the URL, page and API alike; days are included at both ends. */
export const timelineFields = {
  asOf: day.optional(),
  kind: kinds.optional(),
  from: day.optional(),
  to: day.optional(),
};

export interface TimelineFilter {
  kinds: string[];
  from: Day | null;
  to: Day | null;
}

/** Reads a page's search parameters; what is not readable filters nothing. */
export function readTimelineFilter(params: Record<string, string | string[] | undefined>): TimelineFilter {
  const read = <T>(field: z.ZodType<T>, name: string): T | undefined => field.safeParse(params[name]).data;
  return {
    kinds: read(timelineFields.kind, "kind") ?? [],
    from: read(timelineFields.from, "from") ?? null,
    to: read(timelineFields.to, "to") ?? null,
  };
}
