import { z } from "zod";
import { isTimeZone } from "@/lib/platform/day";
import { encodings } from "./encodings";

export const importKinds = ["orders", "events", "customers"] as const;
export type ImportKind = (typeof importKinds)[number];

/** The fields of ours a column can be. */
export const importFields = [
  "customerId",
  "anonymousId",
  "occurredAt",
  "messageId",
  "orderId",
  "amount",
  "currency",
  "channel",
  "event",
] as const;
export type ImportField = (typeof importFields)[number];

export const itemFields = ["sku", "name", "quantity", "price"] as const;
export type ItemField = (typeof itemFields)[number];

const column = z.string().min(1);
const columnsByName = z.record(z.string().min(1), column);

/** Something that is so for a row: a cell is empty, a number is zero or negative, a text begins so or is one of these. */
export const condition = z.union([
  z.strictObject({ column, is: z.enum(["empty", "zero", "negative"]) }),
  z.strictObject({ column, startsWith: z.string().min(1) }),
  z.strictObject({ column, equals: z.array(z.string()).min(1) }),
]);
export type Condition = z.infer<typeof condition>;

/** A condition as counts and previews name it. */
export function conditionInWords(condition: Condition): string {
  if ("startsWith" in condition) return `${condition.column} starts with ${condition.startsWith}`;
  if ("equals" in condition) return `${condition.column} is ${condition.equals.join(" or ")}`;
  return `${condition.column} is ${condition.is}`;
}

// Of a row that is left out the customer may still be meant: someone who got a free sample is a customer without orders.
const keepCustomer = z.boolean().optional();
const [cellState, prefix, values] = condition.options;
const skipCondition = z.union([
  cellState.extend({ keepCustomer }),
  prefix.extend({ keepCustomer }),
  values.extend({ keepCustomer }),
]);
export type SkipCondition = z.infer<typeof skipCondition>;

/** How the columns of a file become customers, events and orders. docs/importing.md shows every part. */
export const mapping = z.strictObject({
  kind: z.enum(importKinds).optional(),
  columns: z.partialRecord(z.enum(importFields), column).default({}),
  /** Rows are lines of orders: rows of one order id become one order, its amount Σ quantity × price, rounded once. */
  items: z.partialRecord(z.enum(itemFields), column).optional(),
  externalIds: columnsByName.default({}),
  properties: columnsByName.default({}),
  traits: columnsByName.default({}),
  /** Columns nobody mentions are kept too: as traits of customers, else as properties. */
  keepOthers: z.boolean().default(false),
  /** Columns that tell rows without an id of their own apart; equal ones are numbered in the order of the file. */
  identity: z.array(column).min(1).optional(),
  /** Rows that are left out, and counted. The first condition that holds is the reason. */
  skip: z.array(skipCondition).default([]),
  /** Rows whose money goes back. When absent: those with a negative amount. */
  refund: z.array(condition).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  timeZone: z.string().refine(isTimeZone, "unknown time zone").optional(),
  encoding: z.enum(encodings).optional(),
  delimiter: z.string().length(1).optional(),
  /** How numbers are written; "1,234.56" and "1.234,56" also allow a currency sign. Plain: 1234.56 and nothing else. */
  numbers: z.enum(["plain", "1,234.56", "1.234,56"]).default("plain"),
  dateOrder: z.enum(["dmy", "mdy"]).optional(),
});
export type Mapping = z.infer<typeof mapping>;

/** Property names with a meaning that a column of the same name need not have ("items" may be a count). */
export const reservedNames = new Set([
  "items",
  "products",
  "revenue",
  "total",
  "value",
  "subtotal",
  "currency",
  "orderId",
]);
