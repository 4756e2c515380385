import { addDays, dayTotals } from "@/lib/intake/sql/day-totals";
import { type Day, parseDay } from "@/lib/platform/day";
import { openPool, type Pool, sql, transaction } from "@/lib/platform/db";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";

/** The world all figures are taken in: 400 days before this instant. */
const END = "2025-06-01 00:00+00";
export const ZONE = "Asia/Shanghai";
/** The recorded time of everything the benchmark does; no figure depends on it. */
export const NOW = new Date("2025-06-03T12:00:00Z");
/** Everybody is settled as of this day; then the nights follow, and the last of them is today. */
export const FIRST_DAY: Day = parseDay("2025-05-31");
export const NIGHTS: Day[] = ["2025-06-01", "2025-06-02", "2025-06-03"].map(parseDay);
export const TODAY: Day = NIGHTS.at(-1)!;

export interface BenchWorkspace {
  id: number;
  sourceId: number;
  customers: number;
}

export interface DataSet {
  /** The largest first: 60 % of the customers, then 20 %, the rest over six. */
  workspaces: BenchWorkspace[];
  main: BenchWorkspace;
  customers: number;
  events: number;
  /** Events of the main workspace. */
  mainEvents: number;
}

/** Which workspace (1 to 8) a customer belongs to. */
const workspaceOf = (customer: string) => `CASE WHEN (hashint4(${customer} + 31) & 1023) < 614 THEN 1
  WHEN (hashint4(${customer} + 31) & 1023) < 819 THEN 2 ELSE 3 + (hashint4(${customer} + 31) & 1023) % 6 END`;

/**
 * Customers by a long tail (density ~ v^-3), their events in sessions of about five within half an hour, spread over each
 * customer's own life; 45 % live to the end. Kinds by how often such things happen; amounts log-normal.
 */
const inventEvents = (customers: number, events: number) => `
  CREATE UNLOGGED TABLE bench_event AS
  SELECT customer_id, (${workspaceOf("customer_id")})::int AS workspace_id, kind, occurred_at,
    CASE WHEN kind = 6 THEN greatest(100, exp(8.2 + 0.9 * (g1 + g2 + g3 - 1.5) * 2)::bigint)
         WHEN kind = 11 THEN -greatest(100, exp(7.8 + 0.9 * (g1 + g2 + g3 - 1.5) * 2)::bigint) END AS amount
  FROM (
    SELECT customer_id,
      timestamptz '${END}' - make_interval(secs => 400 * 86400.0 * (1 - (s + (e - s) * 0.9999
        * (session + (hashint4(customer_id + session * 31) & 4095) / 4096.0) / sessions)) - 1800 * r4) AS occurred_at,
      (CASE WHEN r2 < .45 THEN 1 WHEN r2 < .60 THEN 7 WHEN r2 < .72 THEN 8 WHEN r2 < .80 THEN 5 WHEN r2 < .86 THEN 6
            WHEN r2 < .87 THEN 4 WHEN r2 < .877 THEN 11 WHEN r2 < .897 THEN 2 WHEN r2 < .91 THEN 12 WHEN r2 < .93 THEN 3
            WHEN r2 < .98 THEN 9 ELSE 10 END)::smallint AS kind,
      random() g1, random() g2, random() g3
    FROM (
      SELECT customer_id, r2, r4, sessions, floor(r3 * sessions)::int AS session, s,
        CASE WHEN h2 % 100 < 45 THEN 1.0 ELSE s + (1 - s) * (0.02 + 0.98 * ((h2 / 100) % 1000) / 1000.0) END AS e
      FROM (
        SELECT customer_id, r2, r3, r4, sessions, (hashint4(customer_id) & 1023) / 1024.0 * 0.98 AS s,
          (hashint4(customer_id + 7777777) & 1048575) AS h2
        FROM (
          SELECT ((floor(${customers}::float8 * ((power(v, 4) - 0.00050625) / 0.99949375))::bigint * 7919 + 13)
              % ${customers})::int + 1 AS customer_id,
            greatest(1, round(${events / customers} / (3.4 * v * v * v) / 5)::int) AS sessions,
            random() r2, random() r3, random() r4
          FROM (SELECT 0.15 + 0.85 * random() AS v FROM generate_series(1, ${events})) density
        ) a
      ) b
    ) c
  ) d`;

const storeEvents = `
  INSERT INTO event (workspace_id, customer_id, message_id, source_id, kind, occurred_at, amount, props)
  SELECT workspace_id, customer_id, gen_random_uuid(), workspace_id, kind, occurred_at, amount,
    CASE WHEN kind IN (6, 11) THEN jsonb_build_object('orderId', 'o' || hashint4(customer_id + kind), 'currency', 'CNY')
         ELSE jsonb_build_object('url', '/p/' || (hashint4(customer_id) & 4095), 'target', kind) END
  FROM bench_event ORDER BY occurred_at`;

const storeCustomers = [
  `INSERT INTO customer (workspace_id, customer_id, display_key, created_at)
   SELECT workspace_id, customer_id, 'c' || customer_id, min(occurred_at) FROM bench_event GROUP BY 1, 2 ORDER BY 1, 2`,
  `INSERT INTO identity (workspace_id, kind, value, customer_id, home_customer_id, created_at)
   SELECT workspace_id, 'user', display_key, customer_id, customer_id, created_at FROM customer`,
  `INSERT INTO customer_trait (workspace_id, customer_id, key, set_at, message_id, value)
   SELECT workspace_id, customer_id, '$channel', created_at, gen_random_uuid(), to_jsonb('channel ' || (hashint8(customer_id + 99) & 7))
   FROM customer ORDER BY 1, 2`,
];

/** Fills an empty, migrated database: events in the order they happened, days through the product's own rollup. */
export async function createDataSet(
  url: string,
  size: { customers: number; events: number },
  onStep: (step: string) => void,
): Promise<DataSet> {
  const pool = openPool(url, 2);
  try {
    const workspaces: BenchWorkspace[] = [];
    for (let number = 1; number <= 8; number++) {
      const slug = `bench-${number}`;
      const clock = { mode: "fixed" as const, at: NOW };
      const { id } = await createWorkspace(pool, {
        slug,
        name: slug,
        timeZone: ZONE,
        currency: "CNY",
        clock,
        now: NOW,
      });
      const { sourceId } = await createSource(pool, {
        workspaceId: id,
        name: "bench",
        kind: "import",
        now: NOW,
      });
      if (id !== number || sourceId !== number) throw new Error("The benchmark needs an empty database");
      workspaces.push({ id, sourceId, customers: 0 });
    }
    await transaction(pool, async (db) => {
      await db.query("SET LOCAL work_mem = '256MB'");
      onStep("inventing events");
      await db.query("SELECT setseed(0.11)");
      await db.query(inventEvents(size.customers, size.events));
      onStep("storing events");
      await db.query(storeEvents);
      onStep("storing customers");
      for (const statement of storeCustomers) await db.query(statement);
      await db.query(`SELECT setval('customer_id_seq', ${size.customers})`);
      await db.query("DROP TABLE bench_event");
    });
    onStep("rolling up days");
    for (const { id } of workspaces) {
      const events = sql`event WHERE workspace_id = ${id}`;
      await transaction(pool, async (db) => {
        await db.query("SET LOCAL work_mem = '256MB'");
        await db.query(sql`WITH total AS (${dayTotals(events, ZONE)}) ${addDays(id, sql`total`)}`);
      });
    }
    onStep("vacuuming");
    await pool.query("VACUUM ANALYZE");
    await pool.query("CHECKPOINT");
    return await countRows(pool, workspaces);
  } finally {
    await pool.end();
  }
}

/** Counts what is there. */
async function countRows(pool: Pool, workspaces: BenchWorkspace[]): Promise<DataSet> {
  const { rows } = await pool.query(
    "SELECT workspace_id, count(*) AS customers FROM customer GROUP BY 1 ORDER BY 1",
  );
  for (const workspace of workspaces)
    workspace.customers = rows.find((row) => row.workspace_id === workspace.id)?.customers ?? 0;
  const counted = await pool.query(
    "SELECT count(*) AS events, count(*) FILTER (WHERE workspace_id = 1) AS main FROM event",
  );
  return {
    workspaces,
    main: workspaces[0]!,
    customers: workspaces.reduce((sum, one) => sum + one.customers, 0),
    events: counted.rows[0].events,
    mainEvents: counted.rows[0].main,
  };
}
