import { standardKinds } from "@/lib/intake/kinds";
import { raw, type Sql, sql } from "@/lib/platform/db";
import type { CustomKinds } from "./metric";

/** Where the daily count of a kind stands in the rollup. */
export interface KindCounter {
  source: { of: "day" } | { of: "custom_kind"; kinds: CustomKinds };
  /** The rows to aggregate over, and the count in each. */
  alias: Sql;
  count: Sql;
}

/** All kinds together, a standard kind's own column of customer_day, or the rows of a custom kind. */
export function kindCounter(kind: string | undefined): KindCounter {
  if (!kind) return { source: { of: "day" }, alias: sql`d`, count: sql`d.events` };
  const standard = standardKinds.find((one) => one.key === kind);
  if (standard?.column) return { source: { of: "day" }, alias: sql`d`, count: raw(`d.${standard.column}`) };
  return { source: { of: "custom_kind", kinds: { only: kind } }, alias: sql`k`, count: sql`k.events` };
}
