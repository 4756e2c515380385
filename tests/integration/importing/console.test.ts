import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as checkRoute from "@/app/api/workspaces/[slug]/imports/[import]/check/route";
import * as chunkRoute from "@/app/api/workspaces/[slug]/imports/[import]/chunks/[n]/route";
import * as completeRoute from "@/app/api/workspaces/[slug]/imports/[import]/complete/route";
import * as mappingRoute from "@/app/api/workspaces/[slug]/imports/[import]/mapping/route";
import * as previewRoute from "@/app/api/workspaces/[slug]/imports/[import]/preview/route";
import * as rejectsRoute from "@/app/api/workspaces/[slug]/imports/[import]/rejects/route";
import * as oneRoute from "@/app/api/workspaces/[slug]/imports/[import]/route";
import * as settingsRoute from "@/app/api/workspaces/[slug]/imports/[import]/settings/route";
import * as startRoute from "@/app/api/workspaces/[slug]/imports/[import]/start/route";
import * as stopRoute from "@/app/api/workspaces/[slug]/imports/[import]/stop/route";
import * as undoRoute from "@/app/api/workspaces/[slug]/imports/[import]/undo/route";
import * as importsRoute from "@/app/api/workspaces/[slug]/imports/route";
import { listAudit } from "@/lib/audit/queries";
import { localFile } from "@/lib/importing/import-bytes";
import { importFile } from "@/lib/importing/import-file";
import { closeRing } from "@/lib/jobs/queue";
import { addMembership, createMember } from "@/lib/members/mutations";
import type { Member } from "@/lib/members/schema";
import { openPool, type Pool, sql, workspacePool } from "@/lib/platform/db";
import { webPrisma } from "@/lib/platform/http/connections";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { doImportSteps } from "@/workers/jobs/import-step";
import { recomputeIncremental } from "@/workers/jobs/recompute-incremental";
import { type TestDatabase, testDatabase } from "../../support/database";
import { closeConnections, signedIn, useDatabase } from "../api/console";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let database: TestDatabase;
/** As background work connects: row-level security binds it. */
let workerPool: Pool;
let operator: Member;
let analyst: Member;
let workspace: Workspace;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  useDatabase(database.url);
  workerPool = openPool(database.url, 4, "perennial_worker");
  const person = (name: string) =>
    createMember(webPrisma(), { email: `${name}@a.test`, name, password: "correct horse", now: new Date() });
  [operator, analyst] = [await person("ola"), await person("ana")];
});
afterAll(async () => {
  await closeRing();
  await closeConnections();
  await workerPool.end();
  await database.drop();
});
beforeEach(async () => {
  const slug = `w${++made}`;
  workspace = await createWorkspace(database.pool, {
    slug,
    name: slug,
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    clock: { mode: "fixed", at: new Date("2026-06-30T00:00:00+08:00") },
    now: new Date(),
  });
  for (const [member, role] of [
    [operator, "operator"],
    [analyst, "analyst"],
  ] as const)
    await addMembership(webPrisma(), {
      workspaceId: workspace.id,
      memberId: member.id,
      role,
      now: new Date(),
    });
});

const context = () => ({
  pool: workspacePool(workerPool, workspace.id),
  directory: database.pool,
  queue: { ring: async () => true, ensureSchedule: async () => true },
  clock: () => new Date(),
  log: pino({ level: "silent" }),
  isStopping: () => false,
});
/** The worker does what was asked for, and then the stages. */
async function work() {
  await doImportSteps(context(), { workspaceId: workspace.id });
  await recomputeIncremental(context(), { workspaceId: workspace.id });
}

async function call(
  handler: Handler,
  p: {
    id?: number;
    n?: number;
    body?: unknown;
    method?: string;
    search?: string;
    as?: Member;
    language?: string;
  },
): Promise<Response> {
  const headers = await signedIn(p.as ?? operator, p.language ?? "en");
  const isRaw = Buffer.isBuffer(p.body);
  if (p.method) headers.set("origin", "http://console.test");
  if (p.body !== undefined)
    headers.set("content-type", isRaw ? "application/octet-stream" : "application/json");
  const request = new Request(`http://console.test/api?${p.search ?? ""}`, {
    method: p.method ?? "GET",
    headers,
    body:
      p.body === undefined ? undefined : isRaw ? new Uint8Array(p.body as Buffer) : JSON.stringify(p.body),
  });
  const params = { slug: workspace.slug, import: String(p.id ?? ""), n: String(p.n ?? "") };
  return handler(request, { params: Promise.resolve(params) });
}
const json = async (handler: Handler, p: Parameters<typeof call>[1], status = 200) => {
  const response = await call(handler, p);
  const body = await response.json();
  expect([response.status, body]).toEqual([status, expect.anything()]);
  return body;
};
const post = (handler: Handler, id: number, body: unknown = {}, status = 200) =>
  json(handler, { id, body, method: "POST" }, status);

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const begin = (bytes: Buffer, fileName = "orders.csv") =>
  json(importsRoute.POST, {
    method: "POST",
    body: { fileName, bytes: bytes.length, sha256: sha(bytes) },
  });

/** Sends a whole file; answers the import as it is then. */
async function upload(content: string | Buffer, fileName = "orders.csv") {
  const bytes = Buffer.from(content);
  const { id, chunkBytes } = await begin(bytes, fileName);
  for (let n = 0; n * chunkBytes < bytes.length; n++)
    await json(chunkRoute.PUT, {
      id,
      n,
      method: "PUT",
      body: bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes),
    });
  return post(completeRoute.POST, id);
}
const one = (id: number) => json(oneRoute.GET, { id });
async function imported(content: string | Buffer, fileName?: string) {
  const { id } = await upload(content, fileName);
  await post(checkRoute.POST, id);
  await work();
  await post(startRoute.POST, id);
  await work();
  return one(id);
}

const ORDERS =
  "订单号,会员号,下单时间,实付金额,城市\n" +
  "1,a,2026-06-01 10:00,100.50,杭州\n" +
  "2,a,2026-06-20 10:00,20,杭州\n" +
  "3,b,2026-06-25 10:00,x,上海\n" +
  "4,,2026-06-25 10:00,5,=1+1\n" +
  "5,c,2026-06-26 10:00,7,上海\n";
const count = async (table: string) =>
  Number(
    (await database.pool.query(`SELECT count(*) AS n FROM ${table} WHERE workspace_id = $1`, [workspace.id]))
      .rows[0].n,
  );

describe("an import through the console", () => {
  it("is sent in pieces, mapped by its header, judged without writing, imported, and taken back", async () => {
    const ready = await upload(gzipSync(ORDERS), "订单.csv.gz");
    expect(ready).toMatchObject({
      state: "ready",
      format: {
        encoding: "utf-8",
        delimiter: ",",
        header: ["订单号", "会员号", "下单时间", "实付金额", "城市"],
      },
      settings: {
        content: "orders",
        mapping: {
          columns: { orderId: "订单号", customerId: "会员号", occurredAt: "下单时间", amount: "实付金额" },
        },
      },
    });
    const { id } = ready;
    const { rows } = await json(previewRoute.GET, { id });
    expect(
      rows.map((row: { line: number; fate: string; reason: string }) => [row.line, row.fate, row.reason]),
    ).toEqual([
      [2, "accepted", null],
      [3, "accepted", null],
      [4, "refused", "bad_amount"],
      [5, "refused", "missing_id"],
      [6, "accepted", null],
    ]);
    expect(rows[0].event).toMatchObject({ customer: "a", kind: "order", amount: 10050, orderId: "1" });

    await post(startRoute.POST, id, {}, 409); // not before the dry run was made
    await post(checkRoute.POST, id);
    await work();
    const { checked, state } = await one(id);
    expect(state).toBe("checked");
    expect(checked).toMatchObject({
      rows: { total: 5, accepted: 3, refused: 2, skipped: 0 },
      refusedBy: { bad_amount: 1, missing_id: 1 },
      customers: { new: 2, known: 0 },
      duplicates: 0,
      money: { currency: "CNY", ordered: 12750, refunded: 0 },
      stages: { named: 2, sampled: 2, merged: 0 },
    });
    expect(
      checked.stages.moves.reduce((sum: number, move: { customers: number }) => sum + move.customers, 0),
    ).toBe(2);
    for (const table of ["event", "customer", "identity", "event_inbox", "customer_stage"])
      expect([table, await count(table)]).toEqual([table, 0]);

    await post(startRoute.POST, id);
    await work();
    expect(await one(id)).toMatchObject({
      state: "succeeded",
      rejects: 2,
      result: { stored: 3, duplicates: 0, newCustomers: 2, summary: { rows: { accepted: 3, refused: 2 } } },
    });
    // What the dry run said is what came to be.
    const { rows: stages } = await database.pool.query(
      sql`SELECT stage, count(*) AS customers FROM customer_stage WHERE workspace_id = ${workspace.id} GROUP BY 1`,
    );
    expect(
      checked.stages.moves
        .map(({ to, customers }: { to: string; customers: number }) => [to, customers])
        .sort(),
    ).toEqual(stages.map(({ stage, customers }) => [stage, customers]).sort());

    const csv = await (await call(rejectsRoute.GET, { id, language: "zh-CN" })).text();
    expect(csv.split("\r\n").slice(0, 3)).toEqual([
      '"行号","原因","列","订单号","会员号","下单时间","实付金额","城市"',
      '4,"金额无法按所选写法识别","实付金额","3","b","2026-06-25 10:00","x","上海"',
      `5,"缺少用户标识","会员号","4","","2026-06-25 10:00","5","'=1+1"`,
    ]);

    expect(await json(undoRoute.GET, { id })).toEqual({ events: 3, kept: { customers: 0, shown: [] } });
    await post(undoRoute.POST, id);
    await work();
    expect(await one(id)).toMatchObject({ state: "undone", undone: { events: 3, customers: 2, parted: 0 } });
    for (const table of ["event", "customer", "identity", "customer_day", "customer_stage", "customer_trait"])
      expect([table, await count(table)]).toEqual([table, 0]);
    const deeds = await listAudit(database.pool, { workspaceId: workspace.id, limit: 10 });
    expect(deeds.map(({ action, actor }) => [action, actor.name])).toEqual([
      ["import.undone", "ola"],
      ["import.started", "ola"],
    ]);
  });

  it("goes on after a reload with the pieces that are missing, and takes no other file for the same", async () => {
    const bytes = Buffer.concat([Buffer.from("a,b\n"), Buffer.alloc(5_000_000, "1,2\n")]);
    const { id, chunkBytes } = await begin(bytes);
    await json(chunkRoute.PUT, { id, n: 1, method: "PUT", body: bytes.subarray(chunkBytes) });
    expect((await begin(bytes)).id).toBe(id);
    expect((await one(id)).chunks).toEqual([1]);
    await post(completeRoute.POST, id, {}, 409);
    await json(chunkRoute.PUT, { id, n: 0, method: "PUT", body: Buffer.from("short") }, 400);
    await json(chunkRoute.PUT, { id, n: 0, method: "PUT", body: Buffer.alloc(chunkBytes, "x") });
    expect(await post(completeRoute.POST, id)).toMatchObject({
      state: "failed",
      error: { reason: "wrong_hash" },
      hasFile: false,
    });
  });

  it("counts what was stored before as known, remembers the mapping, and gives it as the command line takes it", async () => {
    const { id } = await imported(ORDERS);
    const again = await upload(`${ORDERS}6,d,2026-06-27 10:00,9,广州\n`, "next.csv");
    const changed = { ...again.settings, mapping: { ...again.settings.mapping, timeZone: "UTC" } };
    await json(settingsRoute.PUT, { id: again.id, method: "PUT", body: changed });
    await post(checkRoute.POST, again.id);
    await work();
    expect((await one(again.id)).checked).toMatchObject({ duplicates: 3, customers: { known: 2, new: 1 } });
    await post(startRoute.POST, again.id);
    await work();
    expect(await one(again.id)).toMatchObject({ result: { stored: 1, duplicates: 3, newCustomers: 1 } });
    const third = await upload(ORDERS, "third.csv");
    expect(third.settings.mapping.timeZone).toBe("UTC");
    const offered = await json(settingsRoute.GET, { id: third.id, search: "content=orders" });
    expect(offered).toMatchObject({
      remembered: true,
      settings: { mapping: { columns: { amount: "实付金额" } } },
    });
    expect(offered.samples[1]).toEqual(["a", "b", "c"]);
    const mapping = await (await call(mappingRoute.GET, { id })).json();
    const { writeFileSync, mkdtempSync } = await import("node:fs");
    const file = path.join(mkdtempSync(path.join(tmpdir(), "console-import-")), "orders.csv");
    writeFileSync(file, ORDERS);
    const summary = await importFile(database.pool, {
      workspace,
      kind: "orders",
      file: localFile(file),
      mapping,
      now: new Date(),
    });
    expect(summary.drained).toMatchObject({ stored: 0, duplicates: 3 });
    // What was stored twice belongs to the earlier import: the later one takes back its own order alone.
    await post(undoRoute.POST, again.id);
    await work();
    expect(await one(again.id)).toMatchObject({ undone: { events: 1, customers: 1 } });
    expect(await count("event")).toBe(3);
  });

  it("says which customers would move between stages, and whom a file joins", async () => {
    await imported(ORDERS);
    const { id } = await upload(
      "会员号,手机号,订单号,下单时间,实付金额\na,13800000000,8,2026-06-28 10:00,900\nz,13800000000,9,2026-06-28 10:00,1\n",
    );
    await post(checkRoute.POST, id);
    await work();
    const { checked } = await one(id);
    expect(checked).toMatchObject({ customers: { known: 1, new: 1 }, stages: { named: 2, merged: 0 } });
    expect(checked.stages.moves.some((move: { from: string | null }) => move.from === null)).toBe(true);
    expect(checked.stages.moves.some((move: { from: string | null }) => move.from !== null)).toBe(true);
  });

  it("stops where it is: what is stored stays or is taken back; imports of a workspace wait for each other", async () => {
    const first = await upload(ORDERS);
    const second = await upload(ORDERS.replaceAll("2026-06", "2026-05"), "may.csv");
    for (const { id } of [first, second]) await post(checkRoute.POST, id);
    expect((await one(second.id)).ahead).toBe(1);
    await work();
    await post(startRoute.POST, first.id);
    await post(startRoute.POST, second.id);
    await post(stopRoute.POST, first.id, { keeping: true });
    await post(stopRoute.POST, second.id, { keeping: false });
    await work();
    expect(await one(first.id)).toMatchObject({ state: "cancelled", result: { summary: null } });
    expect(await one(second.id)).toMatchObject({ state: "undone" });
    expect((await listAudit(database.pool, { workspaceId: workspace.id, limit: 1 }))[0]!.action).toBe(
      "import.cancelled",
    );
  });

  it("is read by every role and begun by those who bring data in", async () => {
    const { id } = await upload(ORDERS);
    expect((await json(importsRoute.GET, { as: analyst })).imports).toHaveLength(1);
    const refused = await call(checkRoute.POST, { id, as: analyst, method: "POST", body: {} });
    expect(refused.status).toBe(403);
    await json(oneRoute.DELETE, { id, method: "DELETE" });
    expect((await call(oneRoute.GET, { id })).status).toBe(404);
    expect(await count("import_chunk")).toBe(0);
  });
});

describe("a file nobody can import", () => {
  const cases: [string, () => Buffer, string][] = [
    ["is empty", () => Buffer.alloc(0), "empty_file"],
    ["has a header alone", () => Buffer.from("会员号,金额\n"), "header_only"],
    ["is a workbook", () => Buffer.from("504b030414000600", "hex"), "spreadsheet_file"],
    ["is an old workbook", () => Buffer.from("d0cf11e0a1b11ae1", "hex"), "spreadsheet_file"],
    ["is a picture", () => Buffer.from("89504e470d0a1a0a00", "hex"), "binary_file"],
    ["is a cut off gzip", () => gzipSync(ORDERS.repeat(2000)).subarray(0, 200), "damaged_gzip"],
    ["has a million columns", () => Buffer.from(`${"a,".repeat(400_000)}b\n1\n`), "too_many_columns"],
    ["has a line of 30 MB for a header", () => Buffer.alloc(30_000_000, "x"), "unreadable_header"],
    ["has two columns of a name", () => Buffer.from("会员号,金额,金额\n1,2,3\n"), "duplicate_columns"],
  ];
  it.each(cases)("%s: says so", async (_, bytes, reason) => {
    expect(await upload(bytes())).toMatchObject({ state: "failed", error: { reason } });
  });
});

describe("bad rows cost themselves", () => {
  const judged = async (content: string | Buffer, settings?: (one: never) => unknown, fileName?: string) => {
    const ready = await upload(content, fileName);
    if (settings)
      await json(settingsRoute.PUT, { id: ready.id, method: "PUT", body: settings(ready.settings as never) });
    await post(checkRoute.POST, ready.id);
    await work();
    const { checked, error } = await one(ready.id);
    return { ...checked, error };
  };

  it("a lone quote, ragged rows, NUL, a 2 MB line, another currency, formulas kept as text", async () => {
    const bad = [
      '1,a,2026-06-01,"5,CNY,x',
      "2,a,2026-06-01,5",
      "3,a\0,2026-06-01,5,CNY,x",
      `4,a,2026-06-01,5,CNY,${"y".repeat(2_000_000)}`,
      "5,a,2026-06-01,5,USD,x",
      "6,a,2026-06-01,5,CNY,=HYPERLINK()",
    ].join("\n");
    expect(await judged(`订单号,会员号,下单时间,金额,币种,备注\n${bad}\n`)).toMatchObject({
      rows: { total: 6, accepted: 1, refused: 5 },
      refusedBy: { malformed_row: 2, ragged_row: 1, currency_mismatch: 1 },
    });
  });

  it("GB18030 with broken bytes refuses the rows that hold them", async () => {
    const gb = Buffer.concat([
      Buffer.from("bbe1d4b1bac52cc7fec1cf2ccfc2b5a5cab1bce42cbdf0b6ee0a", "hex"), // 会员号,渠料,下单时间,金额
      Buffer.from("a,", "latin1"),
      Buffer.from("c7fe", "hex"),
      Buffer.from(",2026-06-01,5\nb,", "latin1"),
      Buffer.from([0xff, 0xff]),
      Buffer.from(",2026-06-01,5\n", "latin1"),
    ]);
    expect(await judged(gb)).toMatchObject({
      rows: { accepted: 1, refused: 1 },
      refusedBy: { undecodable_row: 1 },
    });
  });

  it("a file taken for another kind refuses every row, and says so before anything is written", async () => {
    const found = await judged("会员号,城市\na,杭州\nb,上海\n", () => ({
      content: "events",
      mapping: { kind: "events", columns: { customerId: "会员号", occurredAt: "城市", event: "城市" } },
    }));
    expect(found).toMatchObject({ rows: { accepted: 0, refused: 2 }, refusedBy: { bad_timestamp: 2 } });
  });

  it("settings that name no column are refused at once", async () => {
    const { id } = await upload(ORDERS);
    const body = { content: "orders", mapping: { columns: { customerId: "nowhere" } } };
    await json(settingsRoute.PUT, { id, method: "PUT", body }, 400);
  });

  it("JSON lines: nested keys are columns, a broken line is refused with its number", async () => {
    const lines = [
      JSON.stringify({
        userId: "u1",
        event: "Signed Up",
        timestamp: "2026-06-01T00:00:00Z",
        properties: { plan: "pro" },
      }),
      "{broken",
      JSON.stringify({
        userId: "u2",
        event: "Signed Up",
        timestamp: "2026-06-02T00:00:00Z",
        context: { city: "杭州" },
      }),
    ].join("\n");
    const ready = await upload(lines, "events.jsonl");
    expect(ready).toMatchObject({
      format: {
        delimiter: null,
        header: ["userId", "event", "timestamp", "properties.plan", "context.city"],
      },
      settings: { content: "events" },
    });
    await post(checkRoute.POST, ready.id);
    await work();
    const { checked } = await one(ready.id);
    expect(checked).toMatchObject({ rows: { total: 3, accepted: 2, refused: 1 }, newKinds: ["Signed Up"] });
    const csv = await (await call(rejectsRoute.GET, { id: ready.id })).text();
    expect(csv.split("\r\n")[1]).toMatch(/^2,/);
  });
});
