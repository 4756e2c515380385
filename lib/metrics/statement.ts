import { type Day, parseDay } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import type { MetricRef } from "./metric";
import { allCustomers, MetricPlan } from "./plan";

/** Stand-ins that show as names; no workspace has this number. */
const WORKSPACE = -1;
const AS_OF: Day = parseDay("0001-01-01");

function shown(value: unknown): string {
  if (value === WORKSPACE) return ":workspace";
  if (value === AS_OF) return ":as_of";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `'{${value.join(",")}}'`;
  return `'${String(value).replaceAll("'", "''")}'`;
}

/**
 * The statement that computes a metric for everybody, from the same plan that recomputation and lists run, for people to
 * read: parameters stand in it by name or as text. It is never run in this form.
 */
export function metricStatement(ref: MetricRef): string {
  const plan = new MetricPlan(WORKSPACE, AS_OF, allCustomers);
  plan.column("value", plan.value(ref));
  const { strings, values } = sql`WITH ${plan.ctes()}
    SELECT customer_id, value FROM fact`;
  const text = strings.map((part, i) => part + (i < values.length ? shown(values[i]) : "")).join("");
  const lines = text
    .replaceAll(/\s+AND true\b/g, "")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
  const margin = Math.min(...lines.slice(1).map((line) => line.length - line.trimStart().length));
  return lines.map((line, i) => (i === 0 ? line : line.slice(margin))).join("\n");
}
