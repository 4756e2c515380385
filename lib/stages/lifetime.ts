import { z } from "zod";
import { type Day, daysBetween } from "@/lib/platform/day";

/** How long a customer has been one: LT = the day it left − the day it was first seen. */
export const lifetimeSchema = z.object({
  days: z.number().int(),
  /** The customer has not left: the number is "so far". */
  censored: z.boolean(),
});
export type Lifetime = z.infer<typeof lifetimeSchema>;

/**
 * Lifetime as of a day: up to the day the customer entered a stage that ends its life (churned), else up to the as-of day,
 * censored. A customer back from churn is living on.
 */
export function lifetime(p: { firstSeenOn: Day; sinceOn: Day; stageEnds: boolean; asOf: Day }): Lifetime {
  const until = p.stageEnds ? p.sinceOn : p.asOf;
  return { days: daysBetween(p.firstSeenOn, until), censored: !p.stageEnds };
}
