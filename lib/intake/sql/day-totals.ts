import { raw, type Sql, sql } from "@/lib/platform/db";
import { FIRST_CUSTOM_KIND, KIND, PROFILE, standardKinds } from "../kinds";

type Total = [column: string, value: string, together: "first" | "last" | "most" | "sum"];

/** Columns of a customer_day row and what they are of the events of that day: the one definition of the rollup. */
const totals: readonly Total[] = [
  ["first_at", "min(occurred_at)", "first"],
  ["last_at", "max(occurred_at)", "last"],
  ["first_order_at", `min(occurred_at) FILTER (WHERE kind = ${KIND.order})`, "first"],
  ["last_order_at", `max(occurred_at) FILTER (WHERE kind = ${KIND.order})`, "last"],
  [
    "revenue",
    `coalesce(sum(amount) FILTER (WHERE kind IN (${KIND.order}, ${KIND.refund})), 0)::bigint`,
    "sum",
  ],
  ["refunded", `coalesce(-sum(amount) FILTER (WHERE kind = ${KIND.refund}), 0)::bigint`, "sum"],
  ["order_max", `coalesce(max(amount) FILTER (WHERE kind = ${KIND.order}), 0)`, "most"],
  ["events", `(count(*) FILTER (WHERE kind <> ${PROFILE}))::int`, "sum"],
  ...standardKinds.map(
    (kind): Total => [kind.column, `(count(*) FILTER (WHERE kind = ${kind.id}))::int`, "sum"],
  ),
];

const combine = {
  // least and greatest pass over NULL: a day without orders has no first order yet.
  first: (column: string) => `${column} = least(d.${column}, excluded.${column})`,
  last: (column: string) => `${column} = greatest(d.${column}, excluded.${column})`,
  most: (column: string) => `${column} = greatest(d.${column}, excluded.${column})`,
  sum: (column: string) => `${column} = d.${column} + excluded.${column}`,
};

const columns = raw(totals.map(([column]) => column).join(", "));
const values = raw(totals.map(([column, value]) => `${value} AS ${column}`).join(", "));
const additions = raw(totals.map(([column, , together]) => combine[together](column)).join(", "));

/** Rows (customer_id, day, …totals) of `events`, a FROM item with customer_id, occurred_at, kind and amount. */
export const dayTotals = (events: Sql, timeZone: string): Sql => sql`
  SELECT customer_id, (occurred_at AT TIME ZONE ${timeZone}::text)::date AS day, ${values}
  FROM ${events} GROUP BY 1, 2`;

/** Adds rows of dayTotals to customer_day, keys sorted so that writers never wait for each other in a circle. */
export const addDays = (workspaceId: number, totalsOf: Sql): Sql => sql`
  INSERT INTO customer_day AS d (workspace_id, customer_id, day, ${columns})
  SELECT ${workspaceId}::int, customer_id, day, ${columns} FROM ${totalsOf} ORDER BY customer_id, day
  ON CONFLICT (workspace_id, customer_id, day) DO UPDATE SET ${additions}`;

/** Adds the custom kinds among `events` to customer_day_kind, keys sorted. */
export const addDayKinds = (workspaceId: number, events: Sql, timeZone: string): Sql => sql`
  INSERT INTO customer_day_kind AS d (workspace_id, customer_id, kind, day, events, amount)
  SELECT ${workspaceId}::int, customer_id, kind, (occurred_at AT TIME ZONE ${timeZone}::text)::date, count(*)::int,
    coalesce(sum(amount), 0)::bigint
  FROM ${events} WHERE kind >= ${FIRST_CUSTOM_KIND} GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
  ON CONFLICT (workspace_id, customer_id, kind, day) DO UPDATE SET
    events = d.events + excluded.events, amount = d.amount + excluded.amount`;
