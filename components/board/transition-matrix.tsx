import { useLocale, useTranslations } from "next-intl";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import { classNames } from "@/components/ui/class-names";
import { ListLink } from "@/components/ui/list-link";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";
import { customersHref, flowHref } from "./customer-links";
import { type FlowCell, transitionMatrix } from "./flow";

/** The flow as numbers: rows are the stage before the period, columns the stage at its end; every number opens its customers. */
export function TransitionMatrix({
  slug,
  previousOn,
  asOf,
  flow,
  stages,
}: {
  slug: string;
  previousOn: Day;
  asOf: Day;
  flow: readonly FlowCell[];
  stages: readonly StageView[];
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const { rows, totals, total } = transitionMatrix(flow, stages);
  const from = formatDay(previousOn, locale, "short");
  const to = formatDay(asOf, locale, "short");
  const cell = "h-9 border-t border-line px-2 text-right num";

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={t("matrixCaption", { from, to })} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-[13px]">
        <caption className="sr-only">{t("matrixCaption", { from, to })}</caption>
        <thead>
          <tr className="text-xs text-ink-3">
            <td />
            <th scope="colgroup" colSpan={stages.length} className="px-2 pb-1 text-center font-normal">
              {t("matrixTo", { day: to })}
            </th>
            <td />
          </tr>
          <tr>
            <th
              scope="col"
              className="sticky left-0 bg-surface px-2 pb-1.5 text-left text-xs font-normal text-ink-3"
            >
              {t("matrixFrom", { day: from })}
            </th>
            {stages.map((stage) => (
              <th
                key={stage.key}
                scope="col"
                className="px-2 pb-1.5 text-right text-xs font-medium whitespace-nowrap"
              >
                <span className="inline-flex items-center gap-1">
                  <span aria-hidden className="size-2 rounded-full" style={{ background: stage.color }} />
                  {stage.name}
                </span>
              </th>
            ))}
            <th scope="col" className="px-2 pb-1.5 text-right text-xs font-normal text-ink-3">
              {t("total")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const fromName = row.from?.name ?? t("appeared");
            const fromKey = row.from?.key ?? null;
            return (
              <tr key={fromKey ?? "appeared"}>
                <th
                  scope="row"
                  className="sticky left-0 h-9 border-t border-line bg-surface px-2 text-left font-normal"
                >
                  {row.from ? (
                    <StageBadge stage={row.from} />
                  ) : (
                    <span className="text-ink-2">{fromName}</span>
                  )}
                </th>
                {stages.map((stage, i) => {
                  const customers = row.cells[i] ?? 0;
                  const stayed = stage.key === fromKey;
                  const weight = row.total > 0 ? Math.round((customers / row.total) * 30) : 0;
                  return (
                    <td
                      key={stage.key}
                      className={classNames(cell, stayed && "text-ink-2")}
                      style={
                        customers > 0 && !stayed
                          ? { background: `color-mix(in srgb, ${stage.color} ${weight}%, transparent)` }
                          : undefined
                      }
                    >
                      {customers > 0 ? (
                        <ListLink
                          data-testid="matrix-cell"
                          data-customers={customers}
                          href={flowHref(slug, { previousOn, asOf, from: fromKey, to: stage.key })}
                          aria-label={t("flowCell", {
                            from: fromName,
                            to: stage.name,
                            count: formatCount(customers, locale),
                          })}
                          title={stayed ? t("unchanged") : undefined}
                          className="inline-block min-h-6 min-w-6 rounded px-1 leading-6 hover:underline"
                        >
                          {formatCount(customers, locale)}
                        </ListLink>
                      ) : (
                        <span className="px-1 text-ink-3">0</span>
                      )}
                    </td>
                  );
                })}
                <td className={cell}>
                  <ListLink
                    href={flowHref(slug, { previousOn, asOf, from: fromKey, to: null })}
                    className="inline-block min-h-6 min-w-6 rounded px-1 leading-6 text-ink-2 hover:underline"
                  >
                    {formatCount(row.total, locale)}
                  </ListLink>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th
              scope="row"
              className="sticky left-0 h-9 border-t border-line bg-surface px-2 text-left font-normal text-ink-3"
            >
              {t("total")}
            </th>
            {stages.map((stage, i) => (
              <td key={stage.key} className={cell}>
                <ListLink
                  href={customersHref(slug, { stage: stage.key, asOf })}
                  className="inline-block min-h-6 min-w-6 rounded px-1 leading-6 text-ink-2 hover:underline"
                >
                  {formatCount(totals[i] ?? 0, locale)}
                </ListLink>
              </td>
            ))}
            <td className={classNames(cell, "font-medium")}>
              <ListLink
                href={customersHref(slug, { asOf })}
                className="inline-block min-h-6 min-w-6 rounded px-1 leading-6 hover:underline"
              >
                {formatCount(total, locale)}
              </ListLink>
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
