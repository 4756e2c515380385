import { z } from "zod";
import { type Db, findRow, queryRows, sql } from "@/lib/platform/db";
import { CHANNEL_TRAIT } from "./catalogue/acquisition-channel";
import type { MetricRef } from "./metric";

/** Rows suggestions are taken from: enough to meet every common value, few enough to answer while one types. */
const SAMPLE = 50_000;
const SUGGESTIONS = 100;

const valueRow = z.object({ value: z.string() });

/** What parameters can be filled with in a workspace. */
export const paramValues = z.object({
  /** Custom kinds; the standard ones are known to everybody. */
  kinds: z.array(z.string()),
  /** Keys of traits. */
  traitKeys: z.array(z.string()),
});
export type ParamValues = z.infer<typeof paramValues>;

/** Custom kinds and trait keys of a workspace; keys are those of a sample, the most frequent first. */
export async function listParamValues(db: Db, workspaceId: number): Promise<ParamValues> {
  const row = await findRow(
    db,
    paramValues,
    sql`SELECT
          (SELECT coalesce(array_agg(key ORDER BY key), '{}') FROM event_kind WHERE workspace_id = ${workspaceId}) AS kinds,
          (SELECT coalesce(array_agg(key ORDER BY seen DESC, key), '{}') FROM (
             SELECT key, count(*) AS seen
             FROM (SELECT key FROM customer_trait WHERE workspace_id = ${workspaceId} LIMIT ${SAMPLE}) taken
             WHERE key <> ${CHANNEL_TRAIT} GROUP BY key ORDER BY seen DESC LIMIT ${SUGGESTIONS}) often) AS "traitKeys"`,
  );
  return row ?? { kinds: [], traitKeys: [] };
}

/** Values a text metric has among a sample of customers, the most frequent first. */
export async function listTextValues(db: Db, p: { workspaceId: number; ref: MetricRef }): Promise<string[]> {
  const key = p.ref.metric === "trait" ? String(p.ref.params?.key) : null;
  const some =
    key === null
      ? sql`SELECT acquisition_channel AS value FROM customer_metrics WHERE workspace_id = ${p.workspaceId} LIMIT ${SAMPLE}`
      : sql`SELECT value #>> '{}' AS value
            FROM (SELECT key, value FROM customer_trait WHERE workspace_id = ${p.workspaceId} LIMIT ${SAMPLE}) stated
            WHERE key = ${key} AND jsonb_typeof(value) NOT IN ('object', 'array', 'null')`;
  const rows = await queryRows(
    db,
    valueRow,
    sql`SELECT value FROM (${some}) taken WHERE value IS NOT NULL
        GROUP BY value ORDER BY count(*) DESC, value LIMIT ${SUGGESTIONS}`,
  );
  return rows.map((row) => row.value);
}
