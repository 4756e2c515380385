import type { StageView } from "@/components/stages/stage-view";
import type { ColumnView } from "@/lib/customers/list-columns";
import type { ListParams } from "@/lib/customers/list-params";
import type { Tag } from "@/lib/customers/tags-schema";
import type { ParamValues } from "@/lib/metrics/values";
import type { MetricView } from "@/lib/metrics/view";
import type { Day } from "@/lib/platform/day";

/** What every part of the customer list stands in: the workspace, what there is to choose from, and who looks. */
export interface CustomersScene {
  slug: string;
  currency: string;
  today: Day;
  asOf: Day;
  /** The day metrics are as of. */
  metricsOn: Day;
  stages: readonly StageView[];
  tags: readonly Tag[];
  columns: readonly ColumnView[];
  metrics: readonly MetricView[];
  /** Keys of metrics that are stored for everybody. */
  storedMetrics: readonly string[];
  paramValues: ParamValues;
  mayTag: boolean;
  mayExport: boolean;
  /** What the address asks for. */
  list: ListParams;
}
