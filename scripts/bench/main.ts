// npm run bench: prints every goal of docs/benchmark.md as a ratio to a floor of the same run. 0 unless something broke.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { env } from "@/lib/platform/env";
import { measurePerCustomer, measureSegmentRebuild } from "./alternatives";
import type { Bench } from "./bench";
import { measureDeadlocks, measureLost } from "./correctness";
import { createDataSet } from "./data-set";
import { measureDisk } from "./disk";
import { measureFullRun, measureUnchanged, settleFirst } from "./full-run";
import { type Figure, figureLine, isReached } from "./goal";
import { measureIncremental } from "./incremental";
import { measureHttp, measureIntake } from "./intake";
import { Meter } from "./meter";
import { measureMetricsQuery } from "./metrics-query";
import { measureStageEvaluation } from "./stage-evaluation";
import { measureMemory, measureTwoWorkers } from "./workers";

const REFERENCE = path.join(import.meta.dirname, "reference.json");
const reference = z.object({
  customers: z.number(),
  events: z.number(),
  cores: z.number(),
  ratios: z.record(z.string(), z.number()),
});

const { values: options } = parseArgs({
  options: {
    large: { type: "boolean", default: false },
    customers: { type: "string" },
    events: { type: "string" },
    json: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});
const count = z.coerce.number().int().min(1000);
const size = {
  customers: count.parse(options.customers ?? (options.large ? 1_000_000 : 100_000)),
  events: count.parse(options.events ?? (options.large ? 30_000_000 : 3_000_000)),
};

const committed = reference.parse(JSON.parse(readFileSync(REFERENCE, "utf8"))).ratios;
const figures: Figure[] = [];
const since = performance.now();
/** Progress goes to stderr, so that --json leaves nothing but JSON on stdout. */
const say = (line: string) =>
  console.error(`${((performance.now() - since) / 1000).toFixed(0).padStart(5)} s  ${line}`);

const url = env().DATABASE_URL;
say(`${size.customers} customers, ${size.events} events`);
const data = await createDataSet(url, size, say);
const bench: Bench = {
  url,
  data,
  meter: new Meter(url),
  report(figure) {
    figures.push(figure);
    if (!options.json) console.log(figureLine(figure, committed[figure.id]));
  },
};
say(`${data.customers} customers in 8 workspaces, ${data.main.customers} in the main one`);
await settleFirst(bench);
await measureDisk(bench);
const fullRun = await measureFullRun(bench);
await measureMetricsQuery(bench);
await measureUnchanged(bench);
await measureStageEvaluation(bench);
await measurePerCustomer(bench, fullRun);
await measureSegmentRebuild(bench, fullRun);
await measureIncremental(bench, fullRun);
await measureTwoWorkers(bench);
await measureMemory(bench);
await measureIntake(bench);
await measureHttp(bench);
await measureLost(bench);
await measureDeadlocks(bench);
await bench.meter.pool.end();

const ratios = Object.fromEntries(figures.map(({ id, value }) => [id, Number(value.toPrecision(3))]));
const run = { customers: data.customers, events: data.events, cores: cpus().length };
if (options.record) writeFileSync(REFERENCE, `${JSON.stringify({ ...run, ratios }, null, 2)}\n`);
if (options.json)
  console.log(
    JSON.stringify(
      { ...run, figures: figures.map((figure) => ({ ...figure, ok: isReached(figure) })) },
      null,
      2,
    ),
  );
else say(`${figures.filter(isReached).length} of ${figures.length} goals reached`);
