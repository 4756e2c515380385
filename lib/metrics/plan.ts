import type { Day } from "@/lib/platform/day";
import { empty, join, raw, type Sql, sql } from "@/lib/platform/db";
import { refKey, resolveMetric } from "./catalogue";
import type { CustomKinds, MetricRef, MetricSql, Thresholds } from "./metric";

/** Which customers to compute: a condition over a customer_id expression. */
export type CustomerScope = (customerId: Sql) => Sql;

/** The named customers. */
export const theseCustomers =
  (ids: readonly number[]): CustomerScope =>
  (id) =>
    sql`${id} = ANY(${ids}::bigint[])`;

/** Customers whose id lies in the half-open range. */
export const customersBetween =
  (from: number, to: number): CustomerScope =>
  (id) =>
    sql`${id} >= ${from}::bigint AND ${id} < ${to}::bigint`;

const isSame = (a: Sql, b: Sql): boolean =>
  a.text === b.text && JSON.stringify(a.values) === JSON.stringify(b.values);

/** Every customer of the workspace. */
export const allCustomers: CustomerScope = () => sql`true`;

/**
 * Collects the metrics one statement needs and writes them as common table expressions over the rollup: one walk over
 * customer_day for all daily aggregates, one over its order days for gaps, one for each custom kind and trait. `ctes()`
 * ends in `fact(customer_id, m0, m1, …)`, a row for every customer of the scope seen by the end of `asOf`.
 */
export class MetricPlan {
  private readonly asOfSql: Sql;
  private readonly columns = new Map<string, Sql>();
  private readonly daily: Sql[] = [];
  /** Rows that count in windows of n days: one aggregate tells when the first of all of them leaves. */
  private readonly leaving = new Map<number, Sql[]>();
  private readonly gaps: Sql[] = [];
  private readonly kinds = new Map<string, { which: CustomKinds; aggregates: Sql[] }>();
  private readonly traits = new Map<string, { key: string; pick: "first" | "last" }>();
  private readonly extras: Sql[] = [];

  constructor(
    private readonly workspaceId: number,
    asOf: Day,
    private readonly scope: CustomerScope,
  ) {
    this.asOfSql = sql`${asOf}::date`;
  }

  /** The as-of day as a date expression. */
  get asOf(): Sql {
    return this.asOfSql;
  }

  /** The value of a metric as an expression over `fact`'s sources; asking twice adds nothing. */
  value(ref: MetricRef): Sql {
    const key = refKey(ref);
    const known = this.columns.get(key);
    if (known) return known;
    const { metric, params } = resolveMetric(ref);
    const column = this.place(metric.sql(params, this.asOfSql));
    this.columns.set(key, column);
    return column;
  }

  /** The day after as-of on which passing time may move the metric across a threshold; undefined when it never does. */
  nextChange(ref: MetricRef, thresholds: Thresholds): Sql | undefined {
    const { metric, params } = resolveMetric(ref);
    const change = metric.nextChange?.(params, thresholds, this.asOfSql);
    return change && this.place(change);
  }

  /** A further aggregate over customer_day `d`, for a caller with a need of its own. */
  dailyAggregate(aggregate: Sql): Sql {
    return this.add(this.daily, aggregate, "day_");
  }

  /** Names an expression over values as a column of `fact`. */
  column(name: string, expression: Sql): void {
    this.extras.push(sql`${expression} AS ${raw(name)}`);
  }

  /** The common table expressions, comma-separated, without WITH. */
  ctes(): Sql {
    const day = sql`day_ AS (
      SELECT d.customer_id${this.listed(this.daily)}${this.leavingColumns()}
      FROM customer_day d
      WHERE d.workspace_id = ${this.workspaceId} AND d.day <= ${this.asOfSql} AND ${this.scope(sql`d.customer_id`)}
      GROUP BY d.customer_id)`;
    const parts = [day];
    const joins: Sql[] = [];
    if (this.gaps.length) {
      parts.push(sql`gap_ AS (
        SELECT g.customer_id${this.listed(this.gaps)}
        FROM (
          SELECT o.customer_id, o.day - lag(o.day) OVER (PARTITION BY o.customer_id ORDER BY o.day) AS days
          FROM customer_day o
          WHERE o.workspace_id = ${this.workspaceId} AND o.orders > 0 AND o.day <= ${this.asOfSql}
            AND ${this.scope(sql`o.customer_id`)}
        ) g
        WHERE g.days IS NOT NULL
        GROUP BY g.customer_id)`);
      joins.push(sql`LEFT JOIN gap_ ON gap_.customer_id = day_.customer_id`);
    }
    let index = 0;
    for (const { which, aggregates } of this.kinds.values()) {
      const name = raw(`kind_${index++}`);
      const named = "only" in which ? [which.only] : which.except;
      const ids = sql`(SELECT coalesce(array_agg(id), '{}') FROM event_kind
        WHERE workspace_id = ${this.workspaceId} AND key = ANY(${named}::text[]))`;
      parts.push(sql`${name} AS (
        SELECT k.customer_id${this.listed(aggregates)}
        FROM customer_day_kind k
        WHERE k.workspace_id = ${this.workspaceId} AND k.day <= ${this.asOfSql} AND ${this.scope(sql`k.customer_id`)}
          AND ${"only" in which ? sql`k.kind = ANY(${ids}::smallint[])` : sql`k.kind <> ALL(${ids}::smallint[])`}
        GROUP BY k.customer_id)`);
      joins.push(sql`LEFT JOIN ${name} ON ${name}.customer_id = day_.customer_id`);
    }
    index = 0;
    for (const { key, pick } of this.traits.values()) {
      const name = raw(`trait_${index++}`);
      const direction = pick === "first" ? empty : raw("DESC");
      // A statement counts until the end of the as-of day in the workspace's zone.
      parts.push(sql`${name} AS (
        SELECT DISTINCT ON (t.customer_id) t.customer_id,
          CASE WHEN jsonb_typeof(t.value) NOT IN ('object', 'array') THEN t.value #>> '{}' END AS v
        FROM customer_trait t
        WHERE t.workspace_id = ${this.workspaceId} AND t.key = ${key} AND ${this.scope(sql`t.customer_id`)}
          AND t.set_at < (${this.asOfSql} + 1)::timestamp AT TIME ZONE (SELECT time_zone FROM workspace WHERE id = ${this.workspaceId})
        ORDER BY t.customer_id, t.set_at ${direction}, t.message_id ${direction})`);
      joins.push(sql`LEFT JOIN ${name} ON ${name}.customer_id = day_.customer_id`);
    }
    parts.push(sql`fact AS (
      SELECT day_.customer_id${this.listedPlain(this.extras)}
      FROM day_ ${joins.length ? join(joins, " ") : empty})`);
    return join(parts, ", ");
  }

  private place(source: MetricSql): Sql {
    switch (source.of) {
      case "day":
        return this.add(this.daily, source.aggregate, "day_");
      case "day_leaving":
        return this.firstLeaving(source.row, source.spans);
      case "order_gap":
        return this.add(this.gaps, source.aggregate, "gap_");
      case "custom_kind": {
        const id = JSON.stringify(source.kinds);
        if (!this.kinds.has(id)) this.kinds.set(id, { which: source.kinds, aggregates: [] });
        const position = [...this.kinds.keys()].indexOf(id);
        const column = this.add(this.kinds.get(id)!.aggregates, source.aggregate, `kind_${position}`);
        return source.absent ? sql`coalesce(${column}, ${source.absent})` : column;
      }
      case "trait": {
        const id = `${source.pick}:${source.key}`;
        if (!this.traits.has(id)) this.traits.set(id, source);
        return raw(`trait_${[...this.traits.keys()].indexOf(id)}.v`);
      }
      case "metrics":
        return source.expression(...source.needs.map((need) => this.value(need)));
    }
  }

  /** The same windows of several metrics share a column; it names the earliest day of all, which none of them misses. */
  private firstLeaving(row: Sql, spans: readonly number[]): Sql {
    const columns = spans.map((span) => {
      let rows = this.leaving.get(span);
      if (!rows) this.leaving.set(span, (rows = []));
      if (!rows.some((one) => isSame(one, row))) rows.push(row);
      return raw(`day_.leaving_${span}`);
    });
    return columns.length === 1 ? columns[0]! : sql`least(${join(columns, ", ")})`;
  }

  private leavingColumns(): Sql {
    const columns = [...this.leaving].map(
      ([
        span,
        rows,
      ]) => sql`, min(d.day) FILTER (WHERE d.day > ${this.asOfSql} - ${span}::int AND (${join(rows, " OR ")}))
        + ${span}::int AS ${raw(`leaving_${span}`)}`,
    );
    return columns.length ? join(columns, "") : empty;
  }

  private add(list: Sql[], aggregate: Sql, relation: string): Sql {
    const existing = list.findIndex((one) => isSame(one, aggregate));
    const position = existing >= 0 ? existing : list.push(aggregate) - 1;
    return raw(`${relation}.a${position}`);
  }

  private listed(aggregates: readonly Sql[]): Sql {
    if (aggregates.length === 0) return empty;
    return sql`, ${join(
      aggregates.map((one, i) => sql`${one} AS ${raw(`a${i}`)}`),
      ", ",
    )}`;
  }

  private listedPlain(columns: readonly Sql[]): Sql {
    return columns.length ? sql`, ${join(columns as Sql[], ", ")}` : empty;
  }
}
