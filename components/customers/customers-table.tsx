"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { StageView } from "@/components/stages/stage-view";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/platform/i18n/format";
import type { CustomerInStage } from "@/lib/stages/customers-in-stage";
import { columns } from "./customer-columns";
import { useCustomerPages } from "./use-customer-pages";

const ROW_PX = 36;
const ROWS_AHEAD = 12;

/** The list as one long table: rows near the window are drawn, further ones are fetched while one scrolls. */
export function CustomersTable({
  slug,
  search,
  count,
  first,
  pageSize,
  stages,
  currency,
}: {
  slug: string;
  search: string;
  count: number;
  first: CustomerInStage[];
  pageSize: number;
  stages: StageView[];
  currency: string;
}) {
  const t = useTranslations("customers");
  const locale = useLocale();
  const frame = useRef<HTMLElement>(null);
  const { rows, complete, failure, loadMore } = useCustomerPages({ slug, search, first, pageSize });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: ROWS_AHEAD,
    initialRect: { width: 0, height: 20 * ROW_PX },
  });
  const drawn = virtual.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  const above = drawn[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);

  useEffect(() => {
    if (!complete && lastDrawn >= rows.length - 2 * ROWS_AHEAD) loadMore();
  }, [complete, lastDrawn, rows.length, loadMore]);

  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface">
      <section
        ref={frame}
        aria-label={t("tableLabel")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[68dvh] min-h-40 overflow-auto -outline-offset-2"
      >
        <table aria-rowcount={count + 1} className="w-full border-separate border-spacing-0 text-[13px]">
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={`sticky top-0 z-10 h-9 border-b border-line bg-surface px-3 text-xs font-medium whitespace-nowrap text-ink-2 ${column.className}`}
                >
                  {t(column.key, { currency })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <Gap height={above} />}
            {drawn.map(({ index }) => {
              const row = rows[index];
              if (!row) return null;
              return (
                <tr key={row.customerId} aria-rowindex={index + 2} className="hover:bg-sunken">
                  {columns.map((column) => (
                    <td
                      key={column.key}
                      className={`h-9 border-b border-line px-3 whitespace-nowrap ${column.className}`}
                    >
                      {column.cell(row, { locale, currency, stages, t })}
                    </td>
                  ))}
                </tr>
              );
            })}
            {below > 0 && <Gap height={below} />}
          </tbody>
        </table>
      </section>
      {!complete && (
        <div
          role="status"
          className="flex items-center gap-3 border-t border-line px-3 py-2 text-xs text-ink-3"
        >
          {failure ? (
            <>
              <span className="text-danger">{t("loadFailed", { message: failure })}</span>
              <Button onClick={loadMore}>{t("retry")}</Button>
            </>
          ) : (
            t("loaded", { shown: formatCount(rows.length, locale), count: formatCount(count, locale) })
          )}
        </div>
      )}
    </div>
  );
}

/** Keeps the room of rows that are not drawn. */
const Gap = ({ height }: { height: number }) => (
  <tr aria-hidden>
    <td colSpan={columns.length} style={{ height }} />
  </tr>
);
