import { z } from "zod";
import { day } from "@/lib/platform/day";
import { loggedTransition } from "@/lib/stages/history";
import { lifetimeSchema } from "@/lib/stages/lifetime";

const metricValue = z.union([z.number(), z.string(), z.null()]);

/** An id the customer is known by. */
export const customerIdentity = z.object({
  kind: z.string(),
  value: z.string(),
  since: z.date(),
  /** Set when it first stood for another customer that was found to be this one. */
  joined: z
    .object({
      customerId: z.number().int(),
      displayKey: z.string(),
      /** When the other one's own history ended; null when it never had any. */
      at: z.date().nullable(),
    })
    .nullable(),
});
export type CustomerIdentity = z.infer<typeof customerIdentity>;

/** A trait as of a day: its value, since when it has had it, and the event that said so. */
export const customerTrait = z.object({
  key: z.string(),
  /** Any JSON; null: it was cleared. */
  value: z.unknown(),
  since: z.date(),
  /** How often the value changed, the first time included. */
  changes: z.number().int(),
  kind: z.number().int().nullable(),
  source: z.string().nullable(),
});
export type CustomerTrait = z.infer<typeof customerTrait>;

/** One value of a trait's history, newest first. */
export const traitChange = customerTrait.pick({ value: true, since: true, kind: true, source: true });
export type TraitChange = z.infer<typeof traitChange>;

export const metricGroup = z.enum(["orders", "rhythm", "activity", "acquisition"]);
export type MetricGroup = z.infer<typeof metricGroup>;

export const profileMetric = z.object({
  metric: z.string(),
  params: z.record(z.string(), z.unknown()),
  group: metricGroup,
  /** Minor units for money, days as "YYYY-MM-DD"; null: no data. */
  value: metricValue,
});
export type ProfileMetric = z.infer<typeof profileMetric>;

/** The stage the log gives as of a day. */
export const standing = z.object({ stage: z.string(), since: day, lifetime: lifetimeSchema.nullable() });
export type Standing = z.infer<typeof standing>;

/** Who a customer is; texts are masked where they look personal. */
export const customerHead = z.object({
  customerId: z.number().int(),
  displayKey: z.string(),
  asOf: day,
  /** Null: not there yet as of the day, or stages are still being computed. */
  standing: standing.nullable(),
  firstSeenOn: day.nullable(),
  lastActiveOn: day.nullable(),
  /** The first day anything is known of, whatever the day asked for: where the page can begin. */
  firstDay: day.nullable(),
  /** Whether any of the customer's ids or traits is masked. */
  masked: z.boolean(),
});
export type CustomerHead = z.infer<typeof customerHead>;

/** Everything the customer page shows but the timeline and the reasons. */
export const customerProfile = customerHead.extend({
  identities: z.array(customerIdentity),
  /** All of them; `identities` holds the first. */
  identityCount: z.number().int(),
  traits: z.array(customerTrait),
  metrics: z.array(profileMetric),
  history: z.array(loggedTransition),
});
export type CustomerProfile = z.infer<typeof customerProfile>;

export const timelineEvent = z.object({
  messageId: z.guid(),
  occurredAt: z.date(),
  day,
  /** Key of a standard kind or of the workspace's own. */
  kind: z.string(),
  /** Minor units; refunds negative. */
  amount: z.number().int().nullable(),
  source: z.string(),
  properties: z.record(z.string(), z.unknown()).nullable(),
  /** Set when it came in through an id of a customer that was merged into this one. */
  homeCustomerId: z.number().int().nullable(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const timelinePage = z.object({
  events: z.array(timelineEvent),
  /** Events a day under the filter, of the days on this page: each the day's whole count. */
  days: z.array(z.object({ day, events: z.number().int() })),
  /** All events under the filter; on the first page only. */
  count: z.number().int().optional(),
  /** Continue after this message; null: that was all. */
  next: z.guid().nullable(),
});
export type TimelinePage = z.infer<typeof timelinePage>;

/** What a list shows beside itself when a customer is opened, its words in the language of the request. */
export const customerSummary = customerHead.extend({
  timeZone: z.string(),
  currency: z.string(),
  stage: z.object({ name: z.string(), color: z.string(), icon: z.string() }).nullable(),
  /** Why the customer is in its stage, in one sentence. */
  why: z.string().nullable(),
  metrics: z.array(
    profileMetric.extend({ name: z.string(), definition: z.string(), text: z.string().nullable() }),
  ),
  events: z.array(timelineEvent.omit({ properties: true }).extend({ kindName: z.string() })),
});
export type CustomerSummary = z.infer<typeof customerSummary>;

/** What a reveal answers: the values of the page in the clear. */
export const revealed = z.object({
  displayKey: z.string(),
  identities: z.array(customerIdentity),
  traits: z.array(customerTrait),
  /** Properties of the asked-for events, by message. */
  properties: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()),
});
export type Revealed = z.infer<typeof revealed>;
