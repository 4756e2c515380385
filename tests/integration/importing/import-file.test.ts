import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localFile } from "@/lib/importing/import-bytes";
import { type ImportOptions, importFile } from "@/lib/importing/import-file";
import { RejectFile } from "@/lib/importing/reject-file";
import { KIND } from "@/lib/intake/kinds";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "../../support/database";

const now = new Date("2026-03-01T00:00:00.000Z");

let database: TestDatabase;
let folder: string;
let workspace: Workspace;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "import-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});
const newWorkspace = async (currency = "CNY") => {
  const slug = `w${++made}`;
  workspace = await createWorkspace(database.pool, {
    slug,
    name: slug,
    timeZone: "Asia/Shanghai",
    currency,
    now,
  });
};
beforeEach(() => newWorkspace());

function run(content: string | Buffer, options: Partial<ImportOptions> = {}) {
  const file = path.join(folder, `${made}.csv`);
  writeFileSync(file, content);
  return importFile(database.pool, { workspace, kind: "orders", file: localFile(file), now, ...options });
}

const rows = async (text: string) => (await database.pool.query(text, [workspace.id])).rows;
const orders = () =>
  rows(`SELECT i.value AS customer, e.kind, e.amount, e.occurred_at AS at, e.props
        FROM event e JOIN identity i ON i.workspace_id = e.workspace_id AND i.customer_id = e.customer_id AND i.kind = 'user'
        WHERE e.workspace_id = $1 ORDER BY e.occurred_at, e.amount, length(e.props->>'orderId'), e.props->>'orderId'`);
/** Everything an import can change in the workspace. */
const everything = async () => {
  const tables = [
    "event",
    "identity",
    "customer",
    "customer_trait",
    "customer_day",
    "customer_day_kind",
    "event_kind",
    "event_inbox",
    "source",
  ];
  const found = await Promise.all(
    tables.map((table) => rows(`SELECT * FROM ${table} WHERE workspace_id = $1`)),
  );
  return found.map((table) => table.map((row) => JSON.stringify(row)).sort());
};

describe("an import of orders", () => {
  const shop =
    "订单号,会员号,下单时间,实付金额,手机号,支付方式\nA1,m1,2026-02-01 00:30:00,12.50,13800000001,微信\nA2,m2,2026/2/2 8:05,-3,13800000002,\n";

  it("is guessed from a Chinese header, with local times, further ids and the columns nobody mentioned", async () => {
    const summary = await run(shop);
    expect(summary).toMatchObject({
      rows: { total: 2, accepted: 2, refused: 0, skipped: 0 },
      events: { total: 2, orders: 1, refunds: 1 },
      money: { currency: "CNY", ordered: 1250, refunded: 300 },
      drained: { claimed: 2, stored: 2, duplicates: 0, customers: 2 },
    });
    expect(await orders()).toEqual([
      {
        customer: "m1",
        kind: KIND.order,
        amount: 1250,
        at: new Date("2026-01-31T16:30:00Z"),
        props: { orderId: "A1", revenue: "12.5", currency: "CNY", 支付方式: "微信" },
      },
      {
        customer: "m2",
        kind: KIND.refund,
        amount: -300,
        at: new Date("2026-02-02T00:05:00Z"),
        props: { orderId: "A2", revenue: "3", currency: "CNY" },
      },
    ]);
    expect(
      await rows("SELECT value FROM identity WHERE workspace_id = $1 AND kind = 'phone' ORDER BY 1"),
    ).toEqual([{ value: "13800000001" }, { value: "13800000002" }]);
  });

  it("changes nothing the second time, in whatever form the same rows come", async () => {
    await run(shop);
    const before = await everything();
    expect((await run(shop)).drained).toMatchObject({ claimed: 2, stored: 0, duplicates: 2, customers: 0 });
    expect((await run(gzipSync(shop))).drained).toMatchObject({ stored: 0, duplicates: 2 });
    expect((await run(Buffer.from(`\ufeff${shop}`, "utf16le"))).drained).toMatchObject({
      stored: 0,
      duplicates: 2,
    });
    expect((await run(shop.replaceAll("\n", "\r").replaceAll(",", "\t"))).drained).toMatchObject({
      stored: 0,
      duplicates: 2,
    });
    const [header, first, second] = shop.split("\n");
    expect(
      (await run(`${header}\r\n${second}\r\n${first}\r\nA3,m1,2026-02-03,5,,\r\n`)).drained,
    ).toMatchObject({ stored: 1, duplicates: 2 });
    await database.pool.query("DELETE FROM event WHERE workspace_id = $1 AND amount = 500", [workspace.id]);
    const after = await everything();
    expect(after[0]).toEqual(before[0]);
    expect(after[2]).toEqual(before[2]);
  });

  it("as a dry run writes nothing and says what would happen", async () => {
    const before = await everything();
    const wouldBe = await run(shop, { dryRun: true });
    expect(await everything()).toEqual(before);
    expect(wouldBe).toMatchObject({ dryRun: true, alreadyStored: 0, drained: null });
    const was = await run(shop);
    for (const part of ["rows", "events", "money", "period", "refusedBy"] as const)
      expect(wouldBe[part]).toEqual(was[part]);
    expect((await run(shop, { dryRun: true })).alreadyStored).toBe(2);
  });

  it("names every refused row by its line, and the others are taken", async () => {
    const rejectFile = path.join(folder, "rejected.csv");
    const content = [
      "order_id,customer_id,date,amount,note", // line 1
      'o1,c1,2026-02-01,10,"two',
      'lines"', // the order before ends here
      "o2,c2,2026-02-01,ten,=HYPERLINK(1)",
      "o3,null,2026-02-01,10,",
      "o4,c4,31/12/2025,10,",
      'o5,c5,2026-02-01,10,lone " quote',
      "o6,c6,2026-02-01,10",
      "o7,c7,2026-02-01,10,,",
      "o8,c8,2026-02-01,10,,surplus",
      "",
      "o1,c1,2026-02-01,10,again",
      'o9,c9,2026-02-01,10,"open',
      "o10,c10,2036-02-01,10,",
      "o11,c11,2026-02-01,10,nul\0",
      "o12,,2026-02-01,10,",
      ",c13,2026-02-01,10,",
      "o14,c14,2026-02-01,1e400,",
      "o15,c15,2026-02-01,10,👩‍👩‍👧",
    ].join("\r\n");
    const summary = await run(content, {
      rejects: (header) => new RejectFile(rejectFile, header),
    });
    expect(summary.faults.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [4, "amount", "bad_amount"],
      [5, "customer_id", "generic_id"],
      [6, "date", "bad_timestamp"],
      [7, null, "malformed_row"],
      [8, null, "ragged_row"],
      [10, null, "ragged_row"],
      [12, "order_id", "duplicate_order"],
      [13, null, "malformed_row"],
      [14, "date", "future_timestamp"],
      [15, "note", "bad_text"],
      [16, "customer_id", "missing_id"],
      [17, "order_id", "missing_field"],
      [18, "amount", "amount_out_of_range"],
    ]);
    expect(summary.rows).toEqual({ total: 16, accepted: 3, refused: 13, skipped: 0 });
    expect((await orders()).map(({ props }) => [props.orderId, props.note])).toEqual([
      ["o1", "two\r\nlines"],
      ["o7", undefined],
      ["o15", "👩‍👩‍👧"],
    ]);
    const refused: string[][] = parse(readFileSync(rejectFile), { bom: true });
    expect(refused[0]).toEqual(["order_id", "customer_id", "date", "amount", "note", "line", "reason"]);
    expect(refused.slice(1).map((row) => Number(row[5]))).toEqual(summary.faults.map(({ line }) => line));
    expect(refused[1]).toEqual([
      "o2",
      "c2",
      "2026-02-01",
      "ten",
      "'=HYPERLINK(1)",
      "4",
      expect.stringContaining("amount must be a plain decimal"),
    ]);
    expect(refused[4]![0]).toBe('o5,c5,2026-02-01,10,lone " quote');
  });

  it("is refused as a whole, before anything is written, when a column or the file is not what was said", async () => {
    const before = await everything();
    const cases: [string, Partial<ImportOptions>, RegExp][] = [
      ["a,b\n1,2\n", {}, /No column for customerId: add --map customerId=COLUMN; the file has: a, b/],
      [shop, { fields: { amount: "Betrag" } }, /no column "Betrag"; it has: 订单号/],
      ["customer_id,date,amount,amount\n", {}, /two columns "amount"/],
      ["", {}, /is empty/],
      ['"a,b\n', {}, /header cannot be read/],
      [shop, { mapping: { colums: {} } }, /mapping is not understood/],
      [shop, { mapping: { kind: "events" } }, /mapping is for events, not for orders/],
      [
        shop,
        { fields: { event: "订单号" }, kind: "customers", mapping: { columns: {} } },
        /No column for customerId/,
      ],
    ];
    for (const [content, options, message] of cases)
      await expect(run(content, options)).rejects.toThrow(message);
    expect((await everything()).slice(0, -1)).toEqual(before.slice(0, -1));
  });

  it("in another currency is refused row by row, not converted", async () => {
    expect((await run(shop, { currency: "USD" })).refusedBy).toEqual({ currency_mismatch: 2 });
  });

  it("reads GB18030, and refuses rows whose bytes are no text", async () => {
    // 订单号,会员号,下单时间,金额 / g1,李雷,2026-02-01,10 / g2,0xFF,2026-02-01,10
    const gb = Buffer.from(
      "b6a9b5a5bac52cbbe1d4b1bac52ccfc2b5a5cab1bce42cbdf0b6ee0a67312cc0eec0d72c323032362d30322d30312c31300a",
      "hex",
    );
    const bad = Buffer.concat([gb, Buffer.from("g2,"), Buffer.from([0xff]), Buffer.from(",2026-02-01,10\n")]);
    const summary = await run(bad);
    expect(summary).toMatchObject({ encoding: "gb18030", rows: { total: 2, accepted: 1, refused: 1 } });
    expect(summary.faults).toMatchObject([{ line: 3, column: "会员号", reason: "undecodable_row" }]);
    expect((await orders()).map(({ customer }) => customer)).toEqual(["李雷"]);
  });
});

describe("orders in lines", () => {
  const mapping = {
    columns: { customerId: "who", orderId: "no", occurredAt: "at" },
    items: { sku: "sku", quantity: "n", price: "each" },
    skip: [
      { column: "who", is: "empty" },
      { column: "each", is: "zero", keepCustomer: true },
    ],
    refund: [{ column: "no", startsWith: "C" }],
  };
  const lines = (...text: string[]) => ["no,sku,n,at,each,who", ...text].join("\n");

  it("become one order of exact amount, wherever its lines stand", async () => {
    const summary = await run(
      lines(
        "1,a,3,2026-02-01 10:01,0.005,x",
        "1,b,1,2026-02-01 10:00,0.01,x",
        "2,a,1,2026-02-02,5,y",
        "1,c,1,2026-02-01 10:02,0.01,x",
        "C3,a,-1,2026-02-03,5,y",
        "4,a,1,2026-02-04,5,",
        "5,a,1,2026-02-05,0,z",
        "2,b,2,2026-02-02,0.00,y",
      ),
      { mapping },
    );
    expect(summary).toMatchObject({
      rows: { total: 8, accepted: 5, refused: 0, skipped: 3 },
      skippedBy: { "who is empty": 1, "each is zero": 2 },
      events: { orders: 2, refunds: 1, others: 2 },
    });
    // 0.015 + 0.01 + 0.01 is 0.035: rounded once, to even. Line by line it would be 0.02 + 0.01 + 0.01.
    expect(
      (await orders())
        .filter(({ kind }) => kind !== KIND.profile)
        .map(({ customer, amount, at }) => [customer, amount, at]),
    ).toEqual([
      ["x", 4, new Date("2026-02-01T02:00:00Z")],
      ["y", 500, new Date("2026-02-01T16:00:00Z")],
      ["y", -500, new Date("2026-02-02T16:00:00Z")],
    ]);
    expect((await orders())[0].props.items).toEqual([
      { sku: "a", quantity: 3, price: 0.005 },
      { sku: "b", quantity: 1, price: 0.01 },
      { sku: "c", quantity: 1, price: 0.01 },
    ]);
    expect(await rows("SELECT count(*)::int AS n FROM customer WHERE workspace_id = $1")).toEqual([{ n: 3 }]);
  });

  it("of which one is bad are refused together: half an order would be a wrong amount", async () => {
    const summary = await run(
      lines(
        "1,a,1,2026-02-01,5,x",
        "1,b,one,2026-02-01,5,x",
        "2,a,1,2026-02-01,5,x",
        '2,b",1,2026-02-01,5,x',
        "3,a,1,2026-02-01,5,x",
        "3,b,1,2026-02-01,5,y",
        "4,a,1,2026-02-01,5,x",
        "4,a,1,2026-02-31,5,x",
        "5,a,1,2026-02-01,5,x",
        '"unreadable',
        "6,a,1,2026-02-01,5,x",
      ),
      { mapping },
    );
    expect(summary.refusedBy).toEqual({
      bad_amount: 2,
      malformed_row: 2,
      incomplete_order: 2,
      contradicting_lines: 2,
      bad_timestamp: 2,
    });
    expect(summary.faults.find(({ reason }) => reason === "bad_amount")?.message).toContain("line 3");
    expect(summary.faults.find(({ reason }) => reason === "incomplete_order")?.message).toContain(
      "Line 5 of order 2",
    );
    expect((await orders()).map(({ props }) => props.orderId)).toEqual(["6"]);
  });

  it("law: any order of the lines gives the same orders, and rows = accepted + refused + skipped", async () => {
    const line = fc.record({
      no: fc.constantFrom("1", "2", "3", "C4", ""),
      n: fc.constantFrom("1", "2", "-1", "x"),
      each: fc.constantFrom("0.335", "1.10", "0", "2"),
      who: fc.constantFrom("ana", "ana", "ana", "bo", ""),
    });
    const shuffled = fc
      .array(line, { minLength: 1, maxLength: 12 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    const asText = (all: { no: string; n: string; each: string; who: string }[]) =>
      lines(...all.map(({ no, n, each, who }) => `${no},s,${n},2026-02-01,${each},${who}`));
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, other]) => {
        const [a, b] = [
          await run(asText(all), { mapping, dryRun: true }),
          await run(asText(other), { mapping, dryRun: true }),
        ];
        for (const { rows: r } of [a, b]) expect(r.accepted + r.refused + r.skipped).toBe(r.total);
        expect(b.rows).toEqual(a.rows);
        expect(b.money).toEqual(a.money);
        expect(b.events).toEqual(a.events);
      }),
      { numRuns: 60 },
    );
  });
});

describe("rows without an id of their own", () => {
  it("equal purchases of one day stay two, again and again", async () => {
    const file = "customer_id,date,amount\n1,2026-02-01,5\n1,2026-02-01,5\n1,2026-02-01,6\n";
    const mapping = {
      columns: { customerId: "customer_id", occurredAt: "date", amount: "amount" },
      identity: ["customer_id", "date"],
    };
    for (const stored of [3, 0])
      expect((await run(file, { mapping })).drained).toMatchObject({ claimed: 3, stored });
    expect((await run(`${file}1,2026-02-01,7\n`, { mapping })).drained).toMatchObject({
      claimed: 4,
      stored: 1,
    });
    expect((await orders()).map(({ amount }) => amount)).toEqual([500, 500, 600, 700]);
  });
});

describe("an import of events and of customers", () => {
  it("events: standard and own kinds, properties, message ids of the file", async () => {
    const file =
      "user_id,event,timestamp,message_id,query\nu1,search,2026-02-01T00:00:00Z,m1,壶\nu1,签到,1769934600,m2,\nu2,search,2026-02-01,m3,\n";
    const dry = await run(file, { kind: "events", dryRun: true });
    expect(dry.newKinds).toEqual(["签到"]);
    expect(await rows("SELECT * FROM event_kind WHERE workspace_id = $1")).toEqual([]);
    const summary = await run(file, { kind: "events" });
    expect(summary.faults).toMatchObject([{ line: 4, column: "query", reason: "bad_properties" }]);
    expect((await orders()).map(({ kind, props }) => [kind, props])).toEqual([
      [KIND.search, { query: "壶" }],
      [100, null],
    ]);
    expect((await run(file, { kind: "events" })).drained).toMatchObject({ claimed: 2, stored: 0 });
  });

  it("customers: every column a trait, stated in the present of the workspace", async () => {
    const clock = { mode: "fixed", at: new Date("2011-12-10T00:00:00Z") } as const;
    workspace = await createWorkspace(database.pool, {
      slug: `past${made}`,
      name: "past",
      timeZone: "UTC",
      currency: "GBP",
      clock,
      now,
    });
    const file = "会员号,渠道,城市,等级\nm1,抖音,杭州,3\nm2,,上海,\n";
    expect(await run(file, { kind: "customers" })).toMatchObject({
      rows: { accepted: 2 },
      drained: { customers: 2 },
    });
    const before = await everything();
    expect((await run(file, { kind: "customers" })).drained).toMatchObject({ stored: 0, duplicates: 2 });
    expect(await everything()).toEqual(before);
    const traits = await rows(
      "SELECT key, value, set_at FROM customer_trait WHERE workspace_id = $1 ORDER BY key, value::text",
    );
    expect(traits.map(({ key, value }) => [key, value])).toEqual(
      expect.arrayContaining([
        ["$channel", "抖音"],
        ["城市", "杭州"],
        ["城市", "上海"],
        ["等级", "3"],
      ]),
    );
    for (const { set_at } of traits) expect(set_at).toEqual(clock.at);
  });
});

it("memory does not follow the size of the file: 20 MB of rows are read in small pieces", async () => {
  const row = (i: number) => `o${i},c${i % 50},2026-02-01,10,${"x".repeat(4000)}\n`;
  const file = Buffer.from(
    `order_id,customer_id,date,amount,note\n${Array.from({ length: 5_000 }, (_, i) => row(i)).join("")}`,
  );
  let most = 0;
  const summary = await run(file, {
    dryRun: true,
    mapping: {
      columns: { orderId: "order_id", customerId: "customer_id", occurredAt: "date", amount: "amount" },
    },
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    },
  });
  expect(summary.rows.accepted).toBe(5_000);
  expect(most).toBeLessThan(200 * 1024 * 1024);
});
