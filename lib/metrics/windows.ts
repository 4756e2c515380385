import { z } from "zod";
import { join, type Sql, sql } from "@/lib/platform/db";
import type { KindCounter } from "./kind-counter";
import type { MetricSql, Thresholds } from "./metric";

/** Length of a look-back window in local days: (asOf − days, asOf]. */
export const windowDays = z.number().int().min(1).max(3650);

/** The first day on which one of a kind's rows counted in the last `spans` days leaves its window. */
export function whenRowsLeave(
  { source, alias, count }: KindCounter,
  spans: readonly number[],
  asOf: Sql,
): MetricSql {
  const row = sql`${count} > 0`;
  if (source.of === "day") return { of: "day_leaving", row, spans };
  const leaving = spans.map(
    (n) => sql`min(${alias}.day) FILTER (WHERE ${row} AND ${alias}.day > ${asOf} - ${n}::int) + ${n}::int`,
  );
  return { ...source, aggregate: sql`least(${join(leaving, ", ")})` };
}

/** The earliest of the given days that still lies ahead of `asOf`; null when none does. */
export const earliestAhead = (days: readonly Sql[], asOf: Sql): Sql =>
  days.length
    ? sql`least(${join(
        days.map((day) => sql`CASE WHEN ${day} > ${asOf} THEN ${day} END`),
        ", ",
      )})`
    : sql`NULL::date`;

/** A threshold further away than this many days (2,700 years) is never reached: no date has to be able to say when. */
export const BEYOND_REACH = 1_000_000;

/** The first later day on which "days since `anchor`" reaches or passes one of the thresholds. */
export function whenElapsed(anchor: Sql, thresholds: Thresholds, asOf: Sql): Sql {
  const within = thresholds.filter((t) => Math.abs(t) < BEYOND_REACH);
  const steps = [...new Set(within.flatMap((t) => [Math.ceil(t), Math.floor(t) + 1]))];
  return earliestAhead(
    steps.map((step) => sql`${anchor} + ${step}::int`),
    asOf,
  );
}

/** nextChange of a metric that is days since another, day-typed, metric. */
export const elapsedSince =
  (metric: string) =>
  (_params: unknown, thresholds: Thresholds, asOf: Sql): MetricSql => ({
    of: "metrics",
    needs: [{ metric }],
    expression: (anchor) => whenElapsed(anchor!, thresholds, asOf),
  });
