import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { catalogue } from "./catalogue";
import { type Metric, metricTypes } from "./metric";
import { isStored } from "./stored";

const bilingual = z.object({ zh: z.string(), en: z.string() });

/** A parameter as forms ask for it: a whole number, a text, or a list of texts. */
export const metricParam = z.object({
  name: z.string(),
  type: z.enum(["integer", "text", "list"]),
  required: z.boolean(),
  min: z.number().nullable(),
  max: z.number().nullable(),
});
export type MetricParam = z.infer<typeof metricParam>;

/** A metric as people and programs outside the server know it: everything but how it is computed. */
export const metricView = z.object({
  key: z.string(),
  type: z.enum(metricTypes),
  name: bilingual,
  definition: bilingual,
  params: z.array(metricParam),
  /** Its value may change although nothing happens. */
  movesWithTime: z.boolean(),
});
export type MetricView = z.infer<typeof metricView>;

interface JsonSchema {
  type?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

function paramsOf(metric: Metric): MetricParam[] {
  const { properties = {}, required = [] } = z.toJSONSchema(metric.params) as JsonSchema;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: schema.type === "integer" ? "integer" : schema.type === "array" ? "list" : "text",
    required: required.includes(name),
    min: schema.minimum ?? null,
    max: schema.maximum ?? null,
  }));
}

/** Values for the parameters that decide whether time matters: a metric without a window has nothing to leave it. */
const example: Record<string, unknown> = { days: 30, key: "plan" };

function movesWithTime(metric: Metric, params: readonly MetricParam[]): boolean {
  const given = params.filter((one) => one.required || one.name === "days");
  const values = Object.fromEntries(given.map(({ name }) => [name, example[name]]));
  return metric.nextChange?.(values, [1], sql`NULL::date`) !== undefined;
}

/** The catalogue, in its order. */
export const metricViews = (): MetricView[] =>
  catalogue.map((metric) => {
    const { key, type, name, definition } = metric;
    const params = paramsOf(metric);
    return { key, type, name, definition, params, movesWithTime: movesWithTime(metric, params) };
  });

/** Keys of metrics that need no computing when asked: stored for everybody, or an expression over such ones. */
export const storedMetricKeys: readonly string[] = catalogue
  .filter((metric) => metric.params.safeParse({}).success && isStored({ metric: metric.key }))
  .map((metric) => metric.key);
