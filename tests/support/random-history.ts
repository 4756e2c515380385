import { createHash } from "node:crypto";
import fc from "fast-check";
import { type InboxRow, messageUuid } from "@/lib/intake/inbox";
import { KIND, type StandardKey } from "@/lib/intake/kinds";
import { CHANNEL_TRAIT } from "@/lib/metrics/catalogue/acquisition-channel";
import type { History } from "@/lib/metrics/history";
import { addDays, type Day, localDay, startOfDay } from "@/lib/platform/day";

export const ZONE = "America/New_York"; // two clock changes within the days below
export const FIRST_DAY = "2026-02-20" as Day;
export const CUSTOMERS = ["ana", "波", "cy 👩‍👩‍👧", "dee"] as const;

/** One thing that happens in a random history. `kind` null is a profile update; "demo_watched" is a custom kind. */
export interface Happening {
  customer: number;
  kind: StandardKey | "demo_watched" | null;
  dayOffset: number;
  second: number;
  amount: number;
  channel: string | null;
  plan: string | number | boolean | null | undefined;
}

export const CUSTOM_KIND_ID = 100;

/** Distinct happenings of few customers over about four months: rhythms, silence, refunds, profile updates. */
export const histories = fc.uniqueArray(
  fc.record<Happening>({
    customer: fc.nat({ max: CUSTOMERS.length - 1 }),
    kind: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom("order" as const, "view" as const, "login" as const) },
      {
        weight: 2,
        arbitrary: fc.constantFrom("refund" as const, "cart" as const, "demo_watched" as const, null),
      },
    ),
    dayOffset: fc.nat({ max: 130 }),
    second: fc.nat({ max: 82_000 }),
    amount: fc.integer({ min: 0, max: 60_000 }),
    channel: fc.option(fc.constantFrom("ads", "referral"), { freq: 3 }),
    plan: fc.constantFrom("pro", 7, true, null, undefined),
  }),
  { minLength: 1, maxLength: 60, size: "max", selector: (h) => `${h.customer}/${h.dayOffset}/${h.second}` },
);

const instantOf = (h: Happening): Date =>
  new Date(startOfDay(addDays(FIRST_DAY, h.dayOffset), ZONE).getTime() + h.second * 1000);

const amountOf = (h: Happening): number | null =>
  h.kind === "order" || h.kind === "demo_watched" ? h.amount : h.kind === "refund" ? -h.amount : null;

/** The local day it happens on. */
export const dayOf = (h: Happening): Day => localDay(instantOf(h), ZONE);

/** The happening as an accepted event. */
export function inboxRow(h: Happening, sourceId: number): InboxRow {
  const at = instantOf(h);
  const id = createHash("sha256").update(JSON.stringify(h)).digest("hex");
  const traits = h.kind === null && h.plan !== undefined ? { plan: h.plan } : null;
  return {
    sourceId,
    kind: h.kind === null ? KIND.profile : h.kind === "demo_watched" ? CUSTOM_KIND_ID : KIND[h.kind],
    receivedAt: at,
    occurredAt: at,
    messageId: messageUuid(id),
    userKey: CUSTOMERS[h.customer]!,
    anonymousKey: null,
    previousKey: null,
    externalKeys: null,
    amount: amountOf(h),
    channel: h.channel,
    props: null,
    traits,
  };
}

/** What one customer's happenings look like to the naive oracles. */
export function historyOf(happenings: readonly Happening[], customer: number): History {
  const own = happenings.filter((h) => h.customer === customer);
  const at = (h: Happening) => ({ at: instantOf(h), day: dayOf(h) });
  return {
    events: own.flatMap((h) => (h.kind === null ? [] : [{ kind: h.kind, amount: amountOf(h), ...at(h) }])),
    traits: own.flatMap((h) => [
      ...(h.kind === null && h.plan !== undefined ? [{ key: "plan", value: h.plan, ...at(h) }] : []),
      ...(h.channel ? [{ key: CHANNEL_TRAIT, value: h.channel, ...at(h) }] : []),
    ]),
    seen: own.map(dayOf),
  };
}
