import { z } from "zod";
import { refKey, resolveMetric } from "@/lib/metrics/catalogue";
import type { MetricRef, MetricValue } from "@/lib/metrics/metric";
import { standardMetrics } from "@/lib/metrics/standard";
import { findRow, join, queryRows, raw, type Sql, sql } from "@/lib/platform/db";
import { compileRule } from "@/lib/rules/compile";
import { metricsOf } from "@/lib/rules/walk";
import { classifyStage } from "@/lib/stages/classify-stage";
import { getDecidingModel } from "@/lib/stages/queries";
import { rulesOf, type StageModelDefinition } from "@/lib/stages/schema";
import type { Bench } from "./bench";
import { TODAY } from "./data-set";
import { floorPass, ofMain } from "./floor";
import { type Cost, cpu } from "./meter";

/** A metric as an expression over a row `m` of customer_metrics: its own column, or what the catalogue makes of columns. */
export function storedValue(ref: MetricRef): Sql {
  const stored = standardMetrics.find((one) => refKey(one) === refKey(ref));
  if (stored) return raw(`m.${stored.column}`);
  const { metric, params } = resolveMetric(ref);
  const source = metric.sql(params, sql`${TODAY}::date`);
  if (source.of !== "metrics") throw new Error(`${refKey(ref)} cannot be read from customer_metrics`);
  return source.expression(...source.needs.map(storedValue));
}

/** The metrics a model's rules look at, each as one column m0, m1 … */
function columnsOf(model: StageModelDefinition): { keys: string[]; list: Sql } {
  const refs = metricsOf(rulesOf(model)).map(({ ref }) => ref);
  return {
    keys: refs.map(refKey),
    list: join(
      refs.map((ref, i) => sql`${storedValue(ref)} AS ${raw(`m${i}`)}`),
      ", ",
    ),
  };
}

/** How many customers stand in each stage, judged by one CASE over the stored metrics. */
function countStagesSql(workspaceId: number, model: StageModelDefinition): Sql {
  const { keys, list } = columnsOf(model);
  const columnOf = (ref: MetricRef) => raw(`m${keys.indexOf(refKey(ref))}`);
  const cases = model.decisions.map(
    ({ stage, when }) => sql`WHEN ${compileRule(when, columnOf)} THEN ${stage}::text`,
  );
  return sql`
    SELECT count(*) AS customers, count(*) FILTER (WHERE s.stage IS DISTINCT FROM judged.stage) AS moved
    FROM (
      SELECT customer_id, CASE ${join(cases, " ")} ELSE ${model.otherwise}::text END AS stage
      FROM (SELECT m.customer_id, ${list} FROM customer_metrics m WHERE m.workspace_id = ${workspaceId} OFFSET 0) v
    ) judged
    LEFT JOIN customer_stage s ON s.workspace_id = ${workspaceId} AND s.model_id = 1 AND s.customer_id = judged.customer_id`;
}

/** The stage of a row { m0, m1 … }, judged in Node. */
const judge = (model: StageModelDefinition, keys: string[], row: Record<string, MetricValue>) =>
  classifyStage(model, (ref) => row[`m${keys.indexOf(refKey(ref))}`] ?? null);

const KEYSET_ROWS = 10_000;
const SAMPLE = 2_000;

const countRow = z.object({ customers: z.number(), moved: z.number() });

/** Keyset batches into Node; answers how many customers stand elsewhere than stored. */
async function judgeInBatches(bench: Bench, model: StageModelDefinition): Promise<number> {
  const { keys, list } = columnsOf(model);
  let last = 0;
  let moved = 0;
  for (;;) {
    // Rows as pg gives them: parsing each by zod would only make Node look slower.
    const { rows } = await bench.meter.pool.query(sql`
      SELECT m.customer_id AS "customerId", s.stage AS stored, ${list}
      FROM customer_metrics m
      JOIN customer_stage s ON s.workspace_id = m.workspace_id AND s.customer_id = m.customer_id AND s.model_id = 1
      WHERE m.workspace_id = ${bench.data.main.id} AND m.customer_id > ${last}
      ORDER BY m.customer_id LIMIT ${KEYSET_ROWS}`);
    if (rows.length === 0) return moved;
    for (const row of rows) if (judge(model, keys, row) !== row.stored) moved++;
    last = rows.at(-1).customerId;
  }
}

/** Some customers of the main workspace, spread evenly. */
export async function sampleCustomers({ meter, data }: Bench, count: number): Promise<number[]> {
  const rows = await queryRows(
    meter.pool,
    z.object({ id: z.number() }),
    sql`SELECT customer_id AS id FROM customer WHERE workspace_id = ${data.main.id}
        ORDER BY hashint8(customer_id) LIMIT ${count}`,
  );
  return rows.map(({ id }) => id);
}

/** One named statement per customer: prepared once, as a careful programmer would. */
async function judgeOneByOne(bench: Bench, model: StageModelDefinition, ids: number[]): Promise<void> {
  const { keys, list } = columnsOf(model);
  const one = sql`
    SELECT m.customer_id AS "customerId", s.stage AS stored, ${list}
    FROM customer_metrics m
    JOIN customer_stage s ON s.workspace_id = m.workspace_id AND s.customer_id = m.customer_id AND s.model_id = 1
    WHERE m.workspace_id = ${bench.data.main.id} AND m.customer_id = ${0}`;
  for (const id of ids) {
    const { rows } = await bench.meter.pool.query({
      name: "judge-one",
      text: one.text,
      values: [...one.values.slice(0, -1), id],
    });
    judge(model, keys, rows[0]);
  }
}

/** G5: judging everybody's stage in the database, against reading metrics into Node in batches or one by one. CPU of both sides. */
export async function measureStageEvaluation(bench: Bench): Promise<void> {
  const { meter, data } = bench;
  const model = (await getDecidingModel(meter.pool, data.main.id)).versions[0]!.definition;
  const statement = countStagesSql(data.main.id, model);
  const judged = await findRow(meter.pool, countRow, statement);
  const customers = judged!.customers;
  const ids = await sampleCustomers(bench, SAMPLE);
  let movedInNode = 0;
  const [pass, inSql, batches, oneByOne] = (await meter.cheapest(
    4,
    floorPass(bench),
    () => meter.pool.query(statement),
    async () => {
      movedInNode = await judgeInBatches(bench, model);
    },
    () => judgeOneByOne(bench, model, ids),
  )) as [Cost, Cost, Cost, Cost];
  if (movedInNode !== judged!.moved)
    throw new Error(`SQL moves ${judged!.moved} customers, Node ${movedInNode}`);
  const floor = ofMain(bench, pass.backend);

  const each = (cost: Cost, of: number) => (cpu(cost) / of) * 1e6;
  const own = each(inSql, customers);
  bench.report({
    id: "G5 batch",
    name: "stage evaluation: Node batches ÷ SQL",
    value: each(batches, customers) / own,
    unit: "x",
    target: { atLeast: 10 },
    detail: `${each(batches, customers).toFixed(2)} against ${own.toFixed(2)} µs a customer`,
  });
  bench.report({
    id: "G5 single",
    name: "stage evaluation: a query per customer ÷ SQL",
    value: each(oneByOne, ids.length) / own,
    unit: "x",
    target: { atLeast: 50 },
    detail: `${each(oneByOne, ids.length).toFixed(0)} against ${own.toFixed(2)} µs a customer`,
  });
  bench.report({
    id: "G5 floor",
    name: "stage evaluation in SQL ÷ floor",
    value: inSql.backend / floor,
    unit: "F",
    target: { atMost: 0.1 },
    detail: `${inSql.backend.toFixed(3)} s CPU for ${customers} customers, ${judged!.moved} elsewhere than stored`,
  });
}
