import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "../../support/database";

const root = path.resolve(import.meta.dirname, "../../..");

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "import-command-"));
  await createWorkspace(database.pool, {
    slug: "shop",
    name: "Shop",
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    now: new Date(),
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

/** The command as npm run import starts it, in a folder of its own. */
async function command(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const tsx = path.join(root, "node_modules/tsx/dist/cli.mjs");
  const child = spawn(process.execPath, [tsx, path.join(root, "scripts/import.ts"), ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: database.url, TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json") },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, err };
}

describe("npm run import", () => {
  it("imports, says what it did, names the refused rows and keeps them in a file", async () => {
    writeFileSync(
      path.join(folder, "orders.csv"),
      "订单号,会员号,下单时间,金额\n1,a,2026-02-01 10:00,12.5\n2,b,2026-02-01 10:00,x\n",
    );
    const { code, out, err } = await command("--workspace", "shop", "--kind", "orders", "orders.csv");
    expect([code, out.split("\n")]).toEqual([
      1,
      [
        expect.stringMatching(/^2 rows \(utf-8\) in \d+\.\d s$/),
        "1 rows accepted as 1 events: 1 orders (12.50 CNY), 0 refunds (0.00 CNY), 0 others",
        "From 2026-02-01T02:00:00.000Z to 2026-02-01T02:00:00.000Z",
        "0 rows skipped",
        "1 rows refused, all of them in orders.csv.rejected.csv",
        "  1 bad_amount",
        expect.stringMatching(/^ {2}line 3: 金额 must be a plain decimal .*not "x"$/),
        "1 new events, 0 known already, 1 new customers",
        "",
      ],
    ]);
    expect(err).toMatch(/Importing: \d+%, \d+ rows/);
    expect(readFileSync(path.join(folder, "orders.csv.rejected.csv"), "utf8").split("\r\n")[1]).toMatch(
      /^"2","b",.*,"3",/,
    );
  });

  it("takes a mapping file, single fields and --json; a dry run leaves no file", async () => {
    writeFileSync(
      path.join(folder, "mapping.json"),
      JSON.stringify({ columns: { customerId: "who", occurredAt: "when" } }),
    );
    writeFileSync(path.join(folder, "dry.tsv"), "who\twhen\tpaid\nc\t2026-02-01\t5\nd\t2026-02-01\tx\n");
    const { code, out } = await command(
      ...[
        "--workspace",
        "shop",
        "--kind",
        "orders",
        "dry.tsv",
        "--mapping",
        "mapping.json",
        "--map",
        "amount=paid",
        "--dry-run",
        "--json",
      ],
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: true,
      rows: { total: 2, accepted: 1, refused: 1 },
      rejectFile: null,
    });
  });

  it("says in one sentence what it does not understand, and exits with 2", async () => {
    const cases: [string[], RegExp][] = [
      [["--workspace", "none", "--kind", "orders", "orders.csv"], /^No workspace "none"/],
      [
        ["--workspace", "shop", "--kind", "ordres", "orders.csv"],
        /^--kind must be one of orders, events, customers/,
      ],
      [["--workspace", "shop", "--kind", "orders", "missing.csv"], /missing\.csv cannot be read/],
      [
        ["--workspace", "shop", "--kind", "orders", "orders.csv", "--mapping", "none.json"],
        /^The mapping none\.json cannot be read/,
      ],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await command(...args);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(message);
    }
  });
});
