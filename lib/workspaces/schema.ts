import { z } from "zod";
import { type Day, isTimeZone, localDay } from "@/lib/platform/day";

export const role = z.enum(["operator", "analyst", "manager", "admin"]);
export type Role = z.infer<typeof role>;

/** A tenant as every computation needs it. */
export const workspace = z.object({
  id: z.number().int(),
  slug: z.string(),
  name: z.string(),
  timeZone: z.string().refine(isTimeZone, "unknown time zone"),
  currency: z.string().regex(/^[A-Z]{3}$/),
  locale: z.string(),
  clockMode: z.enum(["real", "fixed", "shifted"]),
  clockAt: z.date().nullable(),
  clockShiftMs: z.number().nullable(),
  isDemo: z.boolean(),
});
export type Workspace = z.infer<typeof workspace>;

/** How a workspace's clock goes: with real time, standing at an instant, or at a fixed distance from real time. */
export type WorkspaceClock =
  | { mode: "real" }
  | { mode: "fixed"; at: Date }
  | { mode: "shifted"; shiftMs: number };

/** The instant a workspace lives at when real time is `now`. */
export function workspaceNow(w: Pick<Workspace, "clockMode" | "clockAt" | "clockShiftMs">, now: Date): Date {
  if (w.clockMode === "fixed" && w.clockAt) return w.clockAt;
  if (w.clockMode === "shifted") return new Date(now.getTime() + (w.clockShiftMs ?? 0));
  return now;
}

/** The local day a workspace lives in when real time is `now`: the day its stages are true as of. */
export const workspaceDay = (
  w: Pick<Workspace, "clockMode" | "clockAt" | "clockShiftMs" | "timeZone">,
  now: Date,
): Day => localDay(workspaceNow(w, now), w.timeZone);
