"use client";

import { ChartNoAxesColumn, Table } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Info } from "@/components/ui/info";
import { type FigureData, FigureMenu } from "./figure-menu";

const views = ["chart", "table"] as const;
const icons = { chart: ChartNoAxesColumn, table: Table };

/**
 * A picture with its question as title, its period and definition, its table form (kept in the URL), its source line,
 * and its numbers as CSV and PNG.
 */
export function Figure({
  id,
  title,
  period,
  info,
  chart,
  table,
  data,
  footer,
}: {
  /** Names the choice of view in the URL. */
  id: string;
  title: string;
  /** The days it is about, in words. */
  period?: string;
  info: string;
  chart: ReactNode;
  table: ReactNode;
  data: FigureData;
  footer: ReactNode;
}) {
  const t = useTranslations("charts");
  const [view, setView] = useQueryState(id, parseAsStringLiteral(views).withDefault("chart"));
  return (
    <section aria-label={title} className="min-w-0 rounded-card border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="flex min-w-0 items-start gap-1 font-semibold">
            <span className="min-w-0">{title}</span>
            <span data-not-in-picture>
              <Info label={t("info", { title })}>{info}</Info>
            </span>
          </h2>
          {period && <p className="num text-xs text-ink-3">{period}</p>}
        </div>
        <div className="flex shrink-0 items-center gap-1" data-not-in-picture>
          <fieldset className="flex rounded-md border border-line p-0.5">
            <legend className="sr-only">{t("view")}</legend>
            {views.map((one) => {
              const Icon = icons[one];
              return (
                <button
                  key={one}
                  type="button"
                  aria-pressed={view === one}
                  onClick={() => setView(one)}
                  className={classNames(
                    "inline-flex h-7 items-center gap-1 rounded px-2 text-xs",
                    view === one ? "bg-sunken font-medium text-ink" : "text-ink-3 hover:text-ink",
                  )}
                >
                  <Icon aria-hidden size={13} />
                  <span className="max-sm:sr-only">{t(one)}</span>
                </button>
              );
            })}
          </fieldset>
          <FigureMenu title={title} data={data} picture={view === "chart"} />
        </div>
      </div>
      <div className="mt-3">{view === "chart" ? chart : table}</div>
      <div className="mt-3 text-xs text-ink-3">{footer}</div>
    </section>
  );
}
