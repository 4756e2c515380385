"use client";

import { ChevronDown } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Command, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover } from "@/components/ui/popover";
import type { MetricView } from "@/lib/metrics/view";
import { localName } from "@/lib/platform/i18n/locale";

/** Whether a metric is meant: every word typed is found in its key, its names or its definitions. */
const isMeant = (metric: MetricView, text: string): boolean => {
  const all = [metric.key, metric.name.zh, metric.name.en, metric.definition.zh, metric.definition.en];
  const hay = all.join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
};

/** Chooses a metric by typing its name, key or meaning; each stands with its unit and definition. */
export function MetricPicker({
  metrics,
  storedMetrics,
  currency,
  chosen,
  onChoose,
}: {
  metrics: readonly MetricView[];
  storedMetrics: readonly string[];
  currency: string;
  chosen: MetricView | undefined;
  onChoose: (metric: MetricView) => void;
}) {
  const t = useTranslations("rules");
  const tTypes = useTranslations("metrics.type");
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const found = metrics.filter((metric) => isMeant(metric, text.trim()));
  const name = chosen ? localName(chosen.name, locale) : t("chooseMetric");
  return (
    <Popover
      label={t("chooseMetric")}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setText("");
      }}
      className="w-[min(26rem,calc(100vw-1rem))] p-0"
      trigger={
        <Button
          aria-label={`${t("metric")}: ${name}`}
          title={chosen && localName(chosen.definition, locale)}
          className="min-h-9 max-w-full"
        >
          <span className="truncate">{name}</span>
          <ChevronDown aria-hidden size={14} className="text-ink-3" />
        </Button>
      }
    >
      <Command label={t("chooseMetric")} shouldFilter={false} defaultValue={chosen?.key}>
        <CommandInput value={text} onValueChange={setText} placeholder={t("searchMetric")} className="h-10" />
        <CommandList className="max-h-80">
          {found.map((metric) => (
            <CommandItem
              key={metric.key}
              value={metric.key}
              onSelect={() => {
                setOpen(false);
                setText("");
                onChoose(metric);
              }}
              className="flex-col items-start gap-0 py-1.5"
            >
              <span className="flex w-full items-baseline gap-2">
                <span className="font-medium">{localName(metric.name, locale)}</span>
                <span className="text-xs text-ink-3">{tTypes(metric.type, { currency })}</span>
                {storedMetrics.includes(metric.key) && (
                  <Badge className="ml-auto" title={t("storedHint")}>
                    {t("stored")}
                  </Badge>
                )}
              </span>
              <span className="text-xs text-ink-2">{localName(metric.definition, locale)}</span>
            </CommandItem>
          ))}
          {found.length === 0 && <p className="px-2 py-3 text-ink-3">{t("noMetric")}</p>}
        </CommandList>
      </Command>
    </Popover>
  );
}
