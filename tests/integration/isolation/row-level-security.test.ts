import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeInbox } from "@/lib/intake/inbox";
import { type DatabaseRole, openPool, type Pool, transaction, workspacePool } from "@/lib/platform/db";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { inboxRow } from "@/tests/support/inbox-rows";

const now = new Date("2026-06-30T08:00:00Z");
const zone = { timeZone: "UTC", currency: "CNY", now };

const everything = "SELECT INSERT UPDATE DELETE";

/** What each role may do beyond or below the rule, which is reading and writing every table with a workspace_id. */
const exceptions: Record<string, Partial<Record<DatabaseRole, string>>> = {
  audit_entry: { perennial_web: "SELECT INSERT", perennial_worker: "SELECT INSERT" },
  api_key: { perennial_worker: "" },
  invitation: { perennial_worker: "" },
  membership: { perennial_worker: "" },
  run: { perennial_web: "SELECT INSERT UPDATE", perennial_worker: "SELECT INSERT UPDATE" },
  schedule_slot: { perennial_web: "SELECT INSERT UPDATE", perennial_worker: "SELECT INSERT UPDATE" },
  stage_entry_delivery: { perennial_web: "SELECT INSERT UPDATE", perennial_worker: "SELECT INSERT UPDATE" },
  stage_transition: { perennial_web: "SELECT INSERT UPDATE", perennial_worker: "SELECT INSERT UPDATE" },
};

let database: TestDatabase;
const pools = {} as Record<DatabaseRole, Pool>;
let ours: number;
let theirs: number;

/** Every table and partition that says whose its rows are, as the catalogue has it. */
const tables = `SELECT c.oid, c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced, c.relispartition AS part,
    (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'own_workspace' AND p.polcmd = '*') AS policies
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`;

beforeAll(async () => {
  database = await testDatabase();
  for (const role of ["perennial_web", "perennial_worker", "perennial_directory"] as const)
    pools[role] = openPool(database.url, 4, role);
  ours = (await createWorkspace(database.pool, { slug: "ours", name: "Ours", ...zone })).id;
  theirs = (await createWorkspace(database.pool, { slug: "theirs", name: "Theirs", ...zone })).id;
  for (const id of [ours, theirs])
    await writeInbox(database.pool, id, [inboxRow("m", { sourceId: id, userKey: `customer of ${id}` })]);
});
afterAll(async () => {
  for (const pool of Object.values(pools)) await pool.end();
  await database.drop();
});

const bound = (role: DatabaseRole, id: number) => workspacePool(pools[role], id);
const workRoles = ["perennial_web", "perennial_worker"] as const;

test("every table with a workspace_id, its partitions included, is under forced row-level security with a policy", async () => {
  const { rows } = await database.pool.query(tables);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((one) => !one.forced || one.policies !== 1)).toEqual([]);
  const { rows: shared } = await database.pool.query(
    `SELECT relname FROM pg_class WHERE relname IN ('workspace', 'member') AND relrowsecurity AND relforcerowsecurity`,
  );
  expect(shared).toHaveLength(2);
});

test("the roles own nothing, cannot sign in, and cannot step around the policies", async () => {
  const { rows } = await database.pool.query(
    `SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole,
       (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owned
     FROM pg_roles r WHERE rolname LIKE 'perennial\\_%' AND rolname <> current_user ORDER BY rolname`,
  );
  const nothing = {
    rolsuper: false,
    rolbypassrls: false,
    rolcanlogin: false,
    rolcreaterole: false,
    owned: 0,
  };
  expect(rows).toEqual(
    ["perennial_directory", "perennial_web", "perennial_worker"].map((rolname) => ({ rolname, ...nothing })),
  );
});

describe.each(workRoles)("%s", (role) => {
  test("sees its own workspace alone where a statement forgets to say which", async () => {
    for (const id of [ours, theirs]) {
      const db = bound(role, id);
      expect((await db.query("SELECT user_key FROM event_inbox")).rows).toEqual([
        { user_key: `customer of ${id}` },
      ]);
      expect((await db.query("SELECT id FROM workspace")).rows).toEqual([{ id }]);
      expect((await db.query("SELECT DISTINCT workspace_id AS id FROM stage_model_version")).rows).toEqual([
        { id },
      ]);
      const changed = await db.query("UPDATE stage_model SET settled_on = '2026-01-01'");
      expect(changed.rowCount).toBe(1);
    }
    const untouched = await bound(role, ours).query("DELETE FROM event_inbox WHERE workspace_id = $1", [
      theirs,
    ]);
    expect(untouched.rowCount).toBe(0);
  });

  test("cannot write for another workspace, nor move a row there", async () => {
    const db = bound(role, ours);
    await expect(
      writeInbox(db, theirs, [inboxRow("m", { sourceId: 1, userKey: "smuggled" })]),
    ).rejects.toThrow(/row-level security/);
    await expect(db.query("UPDATE event_inbox SET workspace_id = $1", [theirs])).rejects.toThrow(
      /row-level security/,
    );
    await expect(
      db.query(
        `INSERT INTO workspace (slug, name, time_zone, currency, created_at) VALUES ('x', 'x', 'UTC', 'CNY', $1)`,
        [now],
      ),
    ).rejects.toThrow(/row-level security/);
  });

  test("sees nothing and writes nothing unbound, whatever its connections served before", async () => {
    const pool = pools[role];
    await Promise.all(
      [ours, theirs, ours, theirs].map((id) => bound(role, id).query("SELECT pg_sleep(0.01)")),
    );
    const { rows } = await database.pool.query(tables);
    for (const { name, part } of rows) {
      if (part || exceptions[name]?.[role] === "") continue; // reached through its table, or not at all
      const { rows: counted } = await pool.query(`SELECT count(*)::int AS n FROM ${name}`);
      expect([name, counted[0].n]).toEqual([name, 0]);
    }
    expect((await pool.query("SELECT count(*)::int AS n FROM workspace")).rows).toEqual([{ n: 0 }]);
    await expect(writeInbox(pool, ours, [inboxRow("m", { sourceId: 1, userKey: "x" })])).rejects.toThrow(
      /row-level security/,
    );
  });

  test("can make a workspace, written as its own, and is not bound to it afterwards", async () => {
    const made = await createWorkspace(pools[role], { slug: `made-${role}`, name: "Made", ...zone });
    expect((await pools[role].query("SELECT count(*)::int AS n FROM workspace")).rows).toEqual([{ n: 0 }]);
    expect((await bound(role, made.id).query("SELECT slug FROM workspace")).rows).toEqual([
      { slug: `made-${role}` },
    ]);
  });

  test("cannot become anybody else by resetting its role", async () => {
    await transaction(bound(role, ours), async (db) => {
      await db.query("RESET ROLE");
      expect((await db.query("SELECT current_user AS role")).rows).toEqual([{ role }]);
    });
  });
});

test("the owner is bound by the policies as well once it is no superuser", async () => {
  const name = `owner_${database.url.split("/").at(-1)}`;
  await transaction(database.pool, async (db) => {
    await db.query(`CREATE ROLE ${name} NOLOGIN`);
    await db.query(`ALTER TABLE event_inbox OWNER TO ${name}`);
    await db.query(`SET LOCAL ROLE ${name}`);
    expect((await db.query("SELECT count(*)::int AS n FROM event_inbox")).rows).toEqual([{ n: 0 }]);
    throw new Error("undo");
  }).catch((error: Error) => expect(error.message).toBe("undo"));
});

const grants = (role: string) =>
  `SELECT c.relname AS name, concat_ws(' ', ${[
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "TRUNCATE",
    "REFERENCES",
    "TRIGGER",
  ]
    .map((what) => `CASE WHEN has_table_privilege('${role}', c.oid, '${what}') THEN '${what}' END`)
    .join(", ")}) AS may
   FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1`;

test.each(workRoles)("%s may do what its work takes and no more", async (role) => {
  const { rows: scoped } = await database.pool.query<{ name: string; part: boolean }>(tables);
  const isScoped = new Map(scoped.map((one) => [one.name, !one.part]));
  const { rows } = await database.pool.query<{ name: string; may: string }>(grants(role));
  const expected = (name: string): string => {
    if (name === "workspace") return "SELECT INSERT UPDATE";
    if (name === "_prisma_migrations") return "SELECT";
    if (name === "rate_limit") return role === "perennial_web" ? "SELECT INSERT UPDATE" : "";
    return exceptions[name]?.[role] ?? (isScoped.get(name) ? everything : "");
  };
  expect(rows).toEqual(rows.map(({ name }) => ({ name, may: expected(name) })));
  await expect(bound(role, ours).query("SELECT password_hash FROM member")).rejects.toThrow(
    /permission denied/,
  );
});

test("the directory sees who may enter where, and nothing of what is inside", async () => {
  const { rows } = await database.pool.query<{ name: string; may: string }>(grants("perennial_directory"));
  expect(
    Object.fromEntries(rows.filter((one) => one.may !== "").map(({ name, may }) => [name, may])),
  ).toEqual({
    api_key: "SELECT UPDATE",
    audit_entry: "SELECT INSERT",
    invitation: "SELECT UPDATE",
    member: everything,
    membership: everything,
    session: everything,
    sign_in_failure: everything,
    source: "SELECT",
    workspace: "SELECT",
  });
  expect(
    (await pools.perennial_directory.query("SELECT slug FROM workspace WHERE slug LIKE '%rs'")).rows,
  ).toHaveLength(2);
});

test("the console sees the people of the workspace it is bound to, and no others", async () => {
  const [mine, foreign] = ["mine@shop.test", "foreign@shop.test"];
  for (const [email, workspaceId] of [
    [mine, ours],
    [foreign, theirs],
  ] as const) {
    const { rows } = await pools.perennial_directory.query(
      "INSERT INTO member (email, name, created_at) VALUES ($1, 'Ana', $2) RETURNING id",
      [email, now],
    );
    await pools.perennial_directory.query(
      "INSERT INTO membership (workspace_id, member_id, role, created_at) VALUES ($1, $2, 'admin', $3)",
      [workspaceId, rows[0].id, now],
    );
  }
  const people = async (db: Pool) =>
    (await db.query("SELECT email FROM member")).rows.map((one) => one.email);
  expect(await people(bound("perennial_web", ours))).toEqual([mine]);
  expect(await people(bound("perennial_web", theirs))).toEqual([foreign]);
  expect(await people(pools.perennial_web)).toEqual([]);
});

test("the directory writes to the log of the workspace it is bound to alone", async () => {
  const entry = (db: Pool, id: number) =>
    db.query(
      `INSERT INTO audit_entry (workspace_id, seq, at, actor_kind, actor_id, actor_name, action, target, hash)
       VALUES ($1, 1, $2, 'system', 'test', 'test', 'workspace.created', 'x', 'x')`,
      [id, now],
    );
  await expect(entry(pools.perennial_directory, ours)).rejects.toThrow(/row-level security/);
  await expect(entry(bound("perennial_directory", theirs), ours)).rejects.toThrow(/row-level security/);
  await entry(bound("perennial_directory", ours), ours);
  await expect(pools.perennial_directory.query("DELETE FROM audit_entry")).rejects.toThrow(
    /permission denied/,
  );
});
