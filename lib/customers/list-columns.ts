import { resolveMetric } from "@/lib/metrics/catalogue";
import type { MetricType } from "@/lib/metrics/metric";
import { standardMetrics } from "@/lib/metrics/standard";
import { type Locale, localName } from "@/lib/platform/i18n/locale";
import { messagesOf } from "@/lib/platform/i18n/messages";
import { nameMetric, type Reader } from "@/lib/rules/explain";
import { ownColumns } from "./list-schema";

/** A column as lists and files head it: its name with the unit, what it means, and what its cells hold. */
export interface ColumnView {
  key: string;
  label: string;
  definition: string;
  type: "customer" | (typeof ownColumns)[number] | MetricType;
}

const metricColumn = (column: string, locale: Locale, reader: Reader): ColumnView => {
  const { column: _column, ...ref } = standardMetrics.find((one) => one.column === column)!;
  const { metric } = resolveMetric(ref);
  const name = nameMetric(ref, reader);
  const label =
    metric.type === "money"
      ? messagesOf(locale)
          .customers.columnMoney.replace("{name}", name)
          .replace("{currency}", reader.currency)
      : name;
  return { key: column, label, definition: localName(metric.definition, locale), type: metric.type };
};

/** Every column there is, the customer's name first. */
export function columnViews(locale: Locale, currency: string): ColumnView[] {
  const { columns, columnHint } = messagesOf(locale).customers;
  const own = (key: "customer" | (typeof ownColumns)[number]): ColumnView => ({
    key,
    label: columns[key],
    definition: columnHint[key],
    type: key,
  });
  return [
    own("customer"),
    ...ownColumns.map(own),
    ...standardMetrics.map(({ column }) => metricColumn(column, locale, { locale, currency })),
  ];
}
