import { z } from "zod";
import { day, isTimeZone } from "@/lib/platform/day";
import { locales } from "@/lib/platform/i18n/locale";
import { workspace } from "./schema";

/** Currencies the runtime can write, by code. */
export const currencies: readonly string[] = Intl.supportedValuesOf("currency");
/** Time zones the runtime knows, by IANA name. */
export const timeZones: readonly string[] = Intl.supportedValuesOf("timeZone");

/** Days a week may begin on, in ISO numbers: Monday, Saturday, Sunday. */
export const weekStarts = [1, 6, 7] as const;

/** What an admin may set, besides clock and holidays. */
export const settingsValues = z.strictObject({
  name: z.string().trim().min(1).max(80),
  locale: z.enum(locales),
  timeZone: z.string().refine(isTimeZone),
  /** One of `currencies`, or what the workspace was made with. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  weekStart: z.literal([...weekStarts]),
});
export type SettingsValues = z.infer<typeof settingsValues>;
export type SettingsField = keyof SettingsValues;
export const settingsFields = Object.keys(settingsValues.shape) as SettingsField[];

export const holiday = z.object({ day, name: z.string().trim().min(1).max(40) });
export type Holiday = z.infer<typeof holiday>;
/** Most days of one request; the calendar of a year has a few dozen. */
export const MOST_HOLIDAYS = 400;

/** A workspace with its settings as they stand. */
export const workspaceSettings = workspace.extend({
  locale: z.enum(locales),
  weekStart: z.literal([...weekStarts]),
  /** Counts changes; a change names the one it was made from. */
  version: z.number().int(),
  /** Events are stored or wait to be: local days have been cut by the time zone. */
  hasEvents: z.boolean(),
  /** Some of them carry money: amounts are minor units of the currency. */
  hasAmounts: z.boolean(),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;

/** Further from real time no clock is shifted, and no further is it moved at once: about ten years. */
export const MOST_CLOCK_DAYS = 3_660;

/** How a workspace's clock is to go, in the days people think in. */
export const clockChoice = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("real") }),
  z.strictObject({ mode: z.literal("fixed"), day }),
  z.strictObject({
    mode: z.literal("shifted"),
    days: z.number().int().min(-MOST_CLOCK_DAYS).max(MOST_CLOCK_DAYS),
  }),
]);
export type ClockChoice = z.infer<typeof clockChoice>;
