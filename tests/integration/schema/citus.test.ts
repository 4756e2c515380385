import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

/**
 * Whether the schema could be distributed by Citus: the documented limits, asked of the catalogue. Nothing here runs on
 * Citus. Three groups: control tables are replicated whole; routing tables are distributed by workspace (they decide whose
 * an event is); everything else by customer.
 */
const CONTROL = [
  "api_key",
  "audit_entry",
  "invitation",
  "onboarding_dismissal",
  "saved_view",
  "saved_view_star",
  "session",
  "sign_in_failure",
  "workspace",
  "workspace_holiday",
  "member",
  "membership",
  "source",
  "event_kind",
  "stage_model",
  "stage_model_version",
  "import",
  "import_mapping",
  "run",
  "rate_limit",
  "schedule_slot",
  "tag",
];
const ROUTING = [
  "event_inbox",
  "event_quarantine",
  "identity",
  "import_chunk",
  "import_reject",
  "source_activity",
  "stage_flow",
];
const LEDGERS = ["_prisma_migrations"];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** Rows are violations; `key` is the distribution column, `tables` the tables it applies to (all others when null). */
const lint = `
WITH t AS (
  SELECT c.oid, c.relname, (SELECT attnum FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = $1 AND NOT attisdropped) k
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname <> ALL ($2::text[]) AND ($3::text[] IS NULL OR c.relname = ANY ($3::text[]))
)
SELECT relname, 'no distribution column' AS violation FROM t WHERE k IS NULL
UNION ALL SELECT t.relname, 'unique index without it: ' || i.indexrelid::regclass FROM t JOIN pg_index i ON i.indrelid = t.oid
  WHERE i.indisunique AND t.k IS NOT NULL AND NOT t.k = ANY (i.indkey::int2[])
UNION ALL SELECT t.relname, 'exclusion constraint: ' || c.conname FROM t JOIN pg_constraint c ON c.conrelid = t.oid WHERE c.contype = 'x'
UNION ALL SELECT t.relname, 'foreign key: ' || c.conname FROM t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f'
  JOIN t f ON f.oid = c.confrelid
  WHERE NOT EXISTS (SELECT 1 FROM unnest(c.conkey, c.confkey) x (a, b) WHERE a = t.k AND b = f.k)
UNION ALL SELECT t.relname, 'multi-level partitioning' FROM t JOIN pg_inherits h ON h.inhparent = t.oid
  JOIN pg_class p ON p.oid = h.inhrelid WHERE p.relkind = 'p'
UNION ALL SELECT t.relname, 'row trigger: ' || g.tgname FROM t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
UNION ALL SELECT t.relname, 'int sequence: ' || a.attname FROM t JOIN pg_attribute a ON a.attrelid = t.oid
  AND a.atttypid = 'int4'::regtype AND a.attidentity <> ''
ORDER BY 1, 2`;

test("customer tables can be distributed by customer", async () => {
  const { rows } = await db.pool.query(lint, ["customer_id", [...CONTROL, ...ROUTING, ...LEDGERS], null]);
  expect(rows).toEqual([]);
});

test("routing tables can be distributed by workspace", async () => {
  const { rows } = await db.pool.query(lint, ["workspace_id", LEDGERS, ROUTING]);
  // An inbox row is addressed by (workspace, seq) and has no unique key at all.
  expect(rows).toEqual([]);
});

test("customer tables lead with the workspace in every key", async () => {
  const { rows } = await db.pool.query(
    `SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND i.indisunique AND NOT c.relispartition AND c.relname <> ALL ($1::text[])
       AND i.indkey[0] <> (SELECT attnum FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id')`,
    [[...CONTROL, ...LEDGERS]],
  );
  expect(rows).toEqual([]);
});

test("the lint finds what it looks for", async () => {
  await db.pool.query(
    "CREATE TABLE stray (customer_id bigint, id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)",
  );
  const { rows } = await db.pool.query(lint, ["customer_id", [...CONTROL, ...ROUTING, ...LEDGERS], null]);
  await db.pool.query("DROP TABLE stray");
  expect(rows.map((r) => r.violation.split(":")[0]).sort()).toEqual([
    "int sequence",
    "unique index without it",
  ]);
});
