import { z } from "zod";
import { addDays, day, startOfDay } from "@/lib/platform/day";
import type { AuditFilter } from "./queries";
import { auditAction } from "./schema";

const text = z.string().trim().min(1).max(200);

/** Which entries are meant, as the address of the page says it; what cannot be read is left out. */
export const auditSearch = z.object({
  action: auditAction.optional().catch(undefined),
  actor: text.optional().catch(undefined),
  target: text.optional().catch(undefined),
  /** Local days, both included. */
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  /** Entries below this number: the next page. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
});
export type AuditSearch = z.infer<typeof auditSearch>;

/** The filter of an address, its days read in that zone. */
export const auditFilterOf = (search: AuditSearch, timeZone: string): AuditFilter => ({
  actions: search.action && [search.action],
  actorId: search.actor,
  target: search.target,
  from: search.from && startOfDay(search.from, timeZone),
  to: search.to && startOfDay(addDays(search.to, 1), timeZone),
});

/** The address of a filter. */
export const auditQuery = (search: AuditSearch): string =>
  new URLSearchParams(
    Object.entries(search).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();
