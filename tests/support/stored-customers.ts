import { type Db, sql } from "@/lib/platform/db";
import type { ExpectedCustomer } from "./intake-oracle";

const iso = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

/** What the store holds of every customer of the workspace, in the form of the oracle. */
export async function storedCustomers(db: Db, workspaceId: number): Promise<ExpectedCustomer[]> {
  const customers = new Map<number, ExpectedCustomer>();
  const of = (id: number) => {
    const found = customers.get(id) ?? { ids: [], days: {}, customDays: {}, traits: [] };
    customers.set(id, found);
    return found;
  };
  const all = async (table: string) => {
    const { rows } = await db.query(`SELECT * FROM ${table} WHERE workspace_id = $1`, [workspaceId]);
    return rows;
  };
  for (const row of await all("identity")) of(row.customer_id).ids.push(`${row.kind}:${row.value}`);
  for (const { workspace_id, customer_id, day, ...totals } of await all("customer_day"))
    of(customer_id).days[day] = Object.fromEntries(
      Object.entries(totals).map(([key, value]) => [key, iso(value) as number | string | null]),
    );
  for (const row of await all("customer_day_kind"))
    of(row.customer_id).customDays[`${row.day} ${row.kind}`] = [row.events, row.amount];
  for (const row of await all("customer_trait"))
    of(row.customer_id).traits.push(
      `${row.key}=${JSON.stringify(row.value)} ${row.set_at.toISOString()} ${row.message_id}`,
    );
  for (const customer of customers.values()) {
    customer.ids.sort();
    customer.traits.sort();
  }
  return [...customers.values()].sort((a, b) => (a.ids.join() < b.ids.join() ? -1 : 1));
}

/** Everything intake wrote, customer numbers replaced by their rank: equal text is the same store. */
export async function storeText(db: Db, workspaceId: number): Promise<string> {
  const rank = (column: string) =>
    `(SELECT count(*) FROM customer c WHERE c.workspace_id = t.workspace_id AND c.customer_id <= t.${column}) AS ${column}`;
  const ask = async (columns: string, table: string) => {
    const { rows } = await db.query(
      `SELECT coalesce(string_agg(line::text, E'\n' ORDER BY line::text), '') AS text
       FROM (SELECT ${columns} FROM ${table} t WHERE t.workspace_id = $1) line`,
      [workspaceId],
    );
    return rows[0].text as string;
  };
  const texts = await Promise.all([
    ask(`kind, value, ${rank("customer_id")}, ${rank("home_customer_id")}, created_at`, "identity"),
    ask(`${rank("customer_id")}, display_key, created_at, ${rank("merged_into")}`, "customer"),
    ask(
      `${rank("customer_id")}, ${rank("home_customer_id")}, message_id, source_id, kind, occurred_at, amount, props`,
      "event",
    ),
    ask(
      `${rank("customer_id")}, ${rank("home_customer_id")}, key, set_at, message_id, value`,
      "customer_trait",
    ),
    ask(`${rank("customer_id")}, kind, day, events, amount`, "customer_day_kind"),
    ask(`${rank("customer_id")}, day, to_jsonb(t) - 'customer_id' - 'workspace_id'`, "customer_day"),
  ]);
  return texts.join("\n--\n");
}

/** Customers and days waiting for a recompute. */
export async function dirtyDays(db: Db, workspaceId: number): Promise<string[]> {
  const { rows } = await db.query(
    sql`SELECT DISTINCT customer_id, day FROM customer_dirty WHERE workspace_id = ${workspaceId} ORDER BY 1, 2`,
  );
  return rows.map((row) => `${row.customer_id} ${row.day}`);
}
