import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Info } from "@/components/ui/info";
import type { MetricGroup, ProfileMetric } from "@/lib/customers/schema";
import { describeMetric } from "@/lib/customers/words";
import { NO_DATA } from "@/lib/platform/i18n/format";
import type { Reader } from "@/lib/rules/explain";

const groups: readonly MetricGroup[] = ["orders", "rhythm", "activity", "acquisition"];

/** Every metric of the customer as of the day, by what it is about, each with its definition. */
export function MetricGroups({
  metrics,
  reader,
  asOfWords,
}: {
  metrics: readonly ProfileMetric[];
  reader: Reader;
  asOfWords: string;
}) {
  const t = useTranslations("customer");
  return (
    <Card title={t("metrics")} hint={t("metricsHint", { day: asOfWords })}>
      <div className="gap-x-8 md:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-6 break-inside-avoid">
            <h3 className="mb-1 text-[13px] font-medium text-ink-2">{t(`group_${group}`)}</h3>
            <dl className="divide-y divide-line text-[13px]">
              {metrics
                .filter((one) => one.group === group)
                .map((one) => {
                  const { name, definition, text } = describeMetric(one, reader);
                  return (
                    <div
                      key={name}
                      data-metric={one.metric}
                      className="flex min-h-9 items-center justify-between gap-3"
                    >
                      <dt className="flex min-w-0 items-center gap-0.5 text-ink-2">
                        <span className="min-w-0">{name}</span>
                        <Info label={t("about", { name })}>{definition}</Info>
                      </dt>
                      <dd className="num shrink-0 font-medium">
                        {text ?? (
                          <span className="font-normal text-ink-3" title={`${t("noData")} — ${definition}`}>
                            <span aria-hidden>{NO_DATA}</span>
                            <span className="sr-only">{t("noData")}</span>
                          </span>
                        )}
                      </dd>
                    </div>
                  );
                })}
            </dl>
          </section>
        ))}
      </div>
    </Card>
  );
}
