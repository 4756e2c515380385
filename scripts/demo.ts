import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { fillMarketplace } from "@/lib/demo/fill-marketplace";
import { fillCdnow, fillOnlineRetail } from "@/lib/demo/fill-real";
import { type DemoLoad, loadDemoWorkspace, type OnRows, openDemoWorkspace } from "@/lib/demo/load";
import { cdnow, type DemoWorkspace, marketplace, onlineRetail } from "@/lib/demo/workspaces";
import { spendCsv } from "@/lib/demo/world/channels";
import { frameOf } from "@/lib/demo/world/frame";
import { worldSpend } from "@/lib/demo/world/world";
import { DEMO_PASSWORD, demoMembers } from "@/lib/members/demo-sign-ins";
import { type Pool, workspacePool } from "@/lib/platform/db";
import type { Workspace } from "@/lib/workspaces/schema";
import { openCommandDatabase } from "./commands/command-database";

// Loads the demo workspaces that are not loaded yet. npm start runs it on the first start; the embedded database is found by
// node scripts/run.mjs scripts/demo.ts [--only online-retail|cdnow|world] [--customers N] [--days N] [--seed N] [--spend FILE]

const STATE = path.resolve(import.meta.dirname, "../.perennial");
const slugs = [onlineRetail.slug, cdnow.slug, marketplace.slug] as const;

const options = z.object({
  only: z.enum(slugs).optional(),
  customers: z.coerce.number().int().min(1).max(100_000).optional(),
  days: z.coerce.number().int().min(30).max(2_000).optional(),
  seed: z.coerce.number().int().optional(),
  spend: z.string().optional(),
});

function readOptions(): z.infer<typeof options> {
  const { values } = parseArgs({
    options: Object.fromEntries(
      Object.keys(options.shape).map((name) => [name, { type: "string" as const }]),
    ),
  });
  const read = options.safeParse(values);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`);
  throw new Error(problems.join("; "));
}

const seconds = (since: number) => (performance.now() - since) / 1000;

/** Prints a line when a second has passed since the last one of that workspace; `text` is given the seconds in between. */
function progressPrinter(slug: string) {
  let printed = performance.now();
  return (text: (passed: number) => string, always = false) => {
    const passed = seconds(printed);
    if (!always && passed < 1) return;
    printed = performance.now();
    console.log(`${slug}: ${text(passed)}`);
  };
}

/** Rows so far with the rate since the line before. */
function rowsPrinter(print: ReturnType<typeof progressPrinter>): OnRows {
  let before = 0;
  return (rows, ahead) =>
    print((passed) => {
      const rate = Math.max(0, rows - before) / passed;
      before = rows;
      return ahead ? `looked through ${count(rows)} rows` : `${count(rows)} rows, ${count(rate)}/s`;
    });
}

const count = (n: number) => Math.round(n).toLocaleString("en");

type Fill = (db: Pool, onRows: OnRows) => DemoLoad["fill"];

/** Loads one workspace and says what it does. */
async function load(db: Pool, workspace: Workspace, fill: Fill) {
  const since = performance.now();
  const print = progressPrinter(workspace.slug);
  const counts = await loadDemoWorkspace(db, {
    workspace,
    clock: () => new Date(),
    fill: fill(db, rowsPrinter(print)),
    onStages: (done, total) => print(() => `living through its days, shard ${done} of ${total}`, done === 0),
  });
  const figures = Object.entries(counts ?? {}).map(([name, n]) => `${name} ${count(n)}`);
  print(() => `${counts ? figures.join(", ") : "there already"} (${seconds(since).toFixed(1)} s)`, true);
}

/** Leaves the sign-ins where npm start reads them. */
async function noteSignIns() {
  await mkdir(STATE, { recursive: true });
  const signIns = demoMembers.map(({ role, email }) => ({ role, email, password: DEMO_PASSWORD }));
  const fresh = path.join(STATE, `demo.json.${process.pid}`);
  await writeFile(fresh, `${JSON.stringify({ signIns }, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, path.join(STATE, "demo.json"));
}

async function main() {
  const asked = readOptions();
  const size = { seed: asked.seed, shops: asked.customers, days: asked.days };
  if (asked.spend) await writeFile(asked.spend, spendCsv(worldSpend(size), frameOf(size).firstDay));
  const database = openCommandDatabase(10);
  const fills: Record<string, [DemoWorkspace, Fill]> = {
    [onlineRetail.slug]: [
      onlineRetail,
      (db, onRows) => (workspace, now) => fillOnlineRetail(db, { workspace, now, onRows }),
    ],
    [cdnow.slug]: [cdnow, (db, onRows) => (workspace, now) => fillCdnow(db, { workspace, now, onRows })],
    [marketplace.slug]: [
      marketplace,
      (db, onRows) => (workspace, now) => fillMarketplace(db, { workspace, size, now, onRows }),
    ],
  };
  try {
    const loads: [Workspace, Fill][] = [];
    for (const [slug, [demo, fill]] of Object.entries(fills))
      if (!asked.only || asked.only === slug)
        loads.push([await openDemoWorkspace(database, demo, new Date()), fill]);
    await noteSignIns();
    // Side by side: one waits for Postgres while another keeps Node busy.
    const ends = await Promise.allSettled(
      loads.map(([workspace, fill]) => load(workspacePool(database.pool, workspace.id), workspace, fill)),
    );
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  } finally {
    await database.close();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
