import { z } from "zod";
import { standardMetrics } from "@/lib/metrics/standard";
import type { Day } from "@/lib/platform/day";
import { day } from "@/lib/platform/day";
import type { Rule } from "@/lib/rules/schema";
import { lifetimeSchema } from "@/lib/stages/lifetime";

/** Columns that are no metric; the customer's name is always there and no choice. */
export const ownColumns = ["stage", "since", "lifetime", "tags"] as const;

const metricColumns = standardMetrics.map(({ column }) => column);

/** Every column one can choose: a customer's own, and each standard metric. */
export const listColumns: readonly string[] = [...ownColumns, ...metricColumns];

export const isMetricColumn = (column: string): boolean => metricColumns.includes(column);

/** What stands in the list until somebody chooses. */
export const defaultColumns: readonly string[] = [
  "stage",
  "since",
  "orders",
  "revenue",
  "last_order_on",
  "first_seen_on",
  "lifetime",
  "tags",
];

/** What the list can be sorted by; "customer" is the order in which customers were first recorded. */
export const sortKeys: readonly string[] = ["customer", "stage", "since", ...metricColumns];

export interface ListSort {
  key: string;
  descending: boolean;
}

export const defaultSort: ListSort = { key: "customer", descending: false };

/** Where a page continues: behind the customer whose sort value this was. */
export const listCursor = z.tuple([z.union([z.number(), z.string().max(8192)]).nullable(), z.number().int()]);
export type ListCursor = z.infer<typeof listCursor>;

/** Which customers: all of it must hold. */
export interface CustomersAsked {
  workspaceId: number;
  modelId: number;
  /** The day stages are as of. */
  asOf: Day;
  /** The workspace's day: at its end customer_stage says what the log says. */
  today: Day;
  /** The day metrics are as of: that of the last recompute. */
  metricsOn: Day;
  /** Keys of the model's stages in its order. */
  stageOrder: readonly string[];
  stage?: string;
  /** Only customers whose stage as of this earlier day was `fromStage` ("" = was not there yet). */
  since?: Day;
  fromStage?: string;
  /** Carrying any of these tags. */
  tags?: readonly number[];
  rule?: Rule;
  /** Only these. */
  ids?: readonly number[];
}

/** A customer as lists show it: money in minor units, days as "YYYY-MM-DD", null for no data. */
export const listedCustomer = z.object({
  customerId: z.number().int(),
  displayKey: z.string(),
  stage: z.string(),
  sinceOn: day,
  lifetime: lifetimeSchema.nullable(),
  tags: z.array(z.number().int()),
  /** Standard metrics asked for, by column. */
  values: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
});
export type ListedCustomer = z.infer<typeof listedCustomer>;

/** How many customers there are; not exact when there are more than `count`. */
export const customersCount = z.object({ count: z.number().int(), exact: z.boolean() });
export type CustomersCount = z.infer<typeof customersCount>;
