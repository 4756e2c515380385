import type { ParamValues } from "@/lib/metrics/values";
import type { MetricView } from "@/lib/metrics/view";
import type { EditorCondition } from "@/lib/rules/editor-tree";

/** What every part of the rule editor needs: what there is to choose from, and how a condition changes. */
export interface EditorContext {
  slug: string;
  currency: string;
  metrics: readonly MetricView[];
  /** Keys of metrics that are stored for everybody. */
  storedMetrics: readonly string[];
  paramValues: ParamValues;
  onCondition: (path: readonly number[], condition: EditorCondition) => void;
}
