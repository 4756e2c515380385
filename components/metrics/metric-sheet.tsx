"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import type { CatalogueEntry } from "@/lib/metrics/catalogue-entries";
import type { MetricParam } from "@/lib/metrics/view";
import { formatCount } from "@/lib/platform/i18n/format";
import { localName } from "@/lib/platform/i18n/locale";
import { DistributionView } from "./distribution-view";

/** A metric at the right: what it means, its parameters, how its values are spread, and the statement that computes it. */
export function MetricSheet({
  slug,
  currency,
  entry,
  traitKeys,
  onClose,
}: {
  slug: string;
  currency: string;
  entry: CatalogueEntry | undefined;
  traitKeys: readonly string[];
  onClose: () => void;
}) {
  const t = useTranslations("metrics");
  const locale = useLocale();
  return (
    <Sheet
      open={entry !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={entry ? localName(entry.name, locale) : t("metric")}
      hint={entry && localName(entry.definition, locale)}
    >
      {entry && (
        <MetricDetails key={entry.key} slug={slug} currency={currency} entry={entry} traitKeys={traitKeys} />
      )}
    </Sheet>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid gap-1.5">
    <h3 className="text-[13px] font-medium text-ink-2">{title}</h3>
    {children}
  </section>
);

function MetricDetails({
  slug,
  currency,
  entry,
  traitKeys,
}: {
  slug: string;
  currency: string;
  entry: CatalogueEntry;
  traitKeys: readonly string[];
}) {
  const t = useTranslations("metrics");
  // A trait has as many shapes as the workspace has traits; every other metric those it is stored in.
  const isTrait = entry.key === "trait";
  const shapes = isTrait
    ? traitKeys.map((key) => ({ ref: { metric: entry.key, params: { key } }, name: key }))
    : entry.variants;
  const [chosen, setChosen] = useState(0);
  const shape = shapes[chosen];
  const sql = entry.variants[isTrait ? 0 : chosen]?.sql;
  return (
    <div className="grid gap-5 pb-4">
      <p className="flex flex-wrap items-center gap-2 text-[13px]">
        <code className="text-ink-2">{entry.key}</code>
        <CopyButton value={entry.key} />
        <Badge>{t(`type.${entry.type}`, { currency })}</Badge>
        <Badge>{t(entry.variants.some((one) => one.stored) ? "stored" : "computed")}</Badge>
      </p>
      <Part title={t("params")}>
        {entry.params.length === 0 ? (
          <p className="text-[13px] text-ink-3">{t("noParams")}</p>
        ) : (
          <ul className="grid gap-1 text-[13px]">
            {entry.params.map((param) => (
              <ParamLine key={param.name} param={param} />
            ))}
          </ul>
        )}
      </Part>
      {shapes.length > 1 && (
        <Field label={t(isTrait ? "chooseKey" : "choose")}>
          <Select value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {shapes.map((one, i) => (
              <option key={one.name} value={i}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Part title={t("spread")}>
        {shape ? (
          <DistributionView
            key={chosen}
            slug={slug}
            currency={currency}
            metricRef={shape.ref}
            type={entry.type}
            title={t("spreadOf", { metric: shape.name })}
          />
        ) : (
          <p className="text-[13px] text-ink-3">{t("noValues")}</p>
        )}
      </Part>
      {sql && (
        <Part title={t("sql")}>
          <p className="text-xs text-ink-3">{t("sqlHint")}</p>
          <section
            aria-label={t("sql")}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            tabIndex={0}
            className="max-h-72 overflow-auto rounded-md border border-line bg-canvas p-3"
          >
            <pre className="font-mono text-xs">{sql}</pre>
          </section>
        </Part>
      )}
    </div>
  );
}

function ParamLine({ param }: { param: MetricParam }) {
  const t = useTranslations("metrics");
  const locale = useLocale();
  const span = {
    min: formatCount(param.min ?? 0, locale),
    max: param.max === null ? "∞" : formatCount(param.max, locale),
  };
  const kind =
    param.type === "integer" ? t("paramInteger", span) : t(param.type === "list" ? "paramList" : "paramText");
  return (
    <li className="flex flex-wrap gap-x-2">
      <code>{param.name}</code>
      <span className="text-ink-2">
        {kind} · {t(param.required ? "required" : "optional")}
      </span>
    </li>
  );
}
