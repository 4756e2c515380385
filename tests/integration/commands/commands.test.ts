import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recompute } from "@/lib/stages/recompute";
import { getWorkspace } from "@/lib/workspaces/queries";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, take, testWorkspace } from "@/tests/support/lifecycle";
import { FIRST_DAY, histories } from "@/tests/support/random-history";

const ROOT = path.resolve(import.meta.dirname, "../../..");
let db: TestDatabase;
let slug: string;
let folder: string;

beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "commands-"));
  const w = await testWorkspace(db.pool, FIRST_DAY);
  slug = (await getWorkspace(db.pool, w.id)).slug;
  const [happenings] = fc.sample(histories, { numRuns: 1, seed: 4 });
  await take(db.pool, w, happenings!);
  await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf: FIRST_DAY, now: NOW });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await db.drop();
});

function run(command: string, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(ROOT, `scripts/${command}.ts`), ...args],
    {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: db.url, REDIS_URL: undefined },
    },
  );
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

describe("a command", () => {
  test.each(["advance", "audit", "report", "check", "import", "workspace"])(
    "%s says how it is called",
    async (command) => {
      const help = await run(command, "--help");
      expect(help).toMatchObject({ code: 0, err: "" });
      expect(help.out).toContain(`npm run ${command} -- `);
    },
  );

  test.each<[string[], RegExp]>([
    [["advance", "--bogus"], /Unknown option '--bogus'/],
    [["advance"], /--workspace is missing/],
    [["advance", "--workspace", "x", "--days", "100000000"], /--days 100000000: a whole number of days/],
    [["advance", "--workspace", "nowhere"], /No workspace "nowhere"/],
    [["report", "board", "--bogus"], /Unknown option '--bogus'/],
    [["report", "bord", "--workspace", "x"], /npm run report -- NAME/],
    [["report", "board", "--workspace", "@", "--days", "1000000"], /begins before 1990-01-01/],
    [["report", "board", "--workspace", "@", "--as-of", "0001-01-01"], /is no day/],
    [["report", "board", "--workspace", "@", "--as-of", "2099-01-01"], /has not come yet/],
    [["workspace", "create", "Bad Slug"], /small letters, digits and hyphens/],
    [["workspace", "clock", "@"], /clock takes one of/],
    [["workspace", "clock", "@", "--real", "--at", "2026-03-01"], /clock takes one of/],
    [["workspace", "clock", "@", "--at", "0001-01-01"], /from 1990 on/],
    [["workspace", "clock", "@", "--shift-days", "half"], /a whole number of days/],
    [["import", "--workspace", "@", "--kind", "orders", "/"], /\/ is a folder/],
    [["import", "--workspace", "@", "--kind", "orders", "/no/such.csv"], /cannot be read: ENOENT/],
  ])("%j is refused in a sentence", async ([command, ...args], sentence) => {
    const { code, out, err } = await run(command!, ...args.map((one) => (one === "@" ? slug : one)));
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/^\s+at /m);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

test("a file is never its own reject file, by whatever name", async () => {
  const file = path.join(folder, "orders.csv");
  const text = "order_id,customer_id,order_date,amount\nA1,null,2026-02-21,1.00\nA2,ana,2026-02-21,2.00\n";
  writeFileSync(file, text);
  const call = ["--workspace", slug, "--kind", "orders", file, "--reject"];
  for (const [reject, sentence] of [
    [file, /is the file being imported/],
    [path.join(folder, ".", "orders.csv"), /is the file being imported/],
    [path.join(folder, "none/x.csv"), /cannot be written/],
  ] as const) {
    const { code, err } = await run("import", ...call, reject);
    expect(err).toMatch(sentence);
    expect(code).toBe(2);
  }
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("a clock is stood at a day, moved on and back, and let run", async () => {
  const asOf = async () => JSON.parse((await run("report", "board", "--workspace", slug, "--json")).out).asOf;
  expect((await run("workspace", "clock", slug, "--at", "2026-03-01")).out).toMatch(
    /: as of 2026-03-01; \d+ transitions/,
  );
  expect(await asOf()).toBe("2026-03-01");
  expect((await run("advance", "--workspace", slug, "--days", "9")).out).toMatch(
    /: as of 2026-03-10; \d+ transitions/,
  );
  expect((await run("advance", "--workspace", slug, "--days=-3")).out).toMatch(
    /: as of 2026-03-07; 0 transitions/,
  );
  expect(await asOf()).toBe("2026-03-07");
  expect((await run("workspace", "clock", slug, "--real")).code).toBe(0);
  const refused = await run("advance", "--workspace", slug);
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.err).toContain("only a fixed clock can be advanced");
  expect((await run("workspace", "clock", slug, "--shift-days=-365")).code).toBe(0);
  expect((await run("check", "--workspace", slug)).code).toBe(0);
}, 60_000);
