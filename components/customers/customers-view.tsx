"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Download, Tags } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { parseAsInteger, useQueryState } from "nuqs";
import { type ReactNode, useCallback, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { listHref, listSearch } from "@/lib/customers/list-address";
import type { ListParams } from "@/lib/customers/list-params";
import { type CustomersCount, defaultColumns, defaultSort } from "@/lib/customers/list-schema";
import { formatCount } from "@/lib/platform/i18n/format";
import { BulkBar } from "./bulk-bar";
import { ColumnPicker } from "./column-picker";
import { CustomerPeek } from "./customer-peek";
import type { CustomersScene } from "./customers-scene";
import { CustomersTable, ROW_PX } from "./customers-table";
import { FilterBar } from "./filter-bar";
import { ListCount } from "./list-count";
import { RuleFilter } from "./rule-filter";
import { TagsDialog } from "./tags-dialog";
import { type CustomersPage, useCustomerPages } from "./use-customer-pages";
import { useSelection } from "./use-selection";

const ROWS_AHEAD = 12;

/** The filters of the list, and below them what the filter finds or why there is nothing. */
export function CustomersView({
  scene,
  ruleText,
  freshness,
  found,
  nothing,
}: {
  scene: CustomersScene;
  ruleText: string | null;
  /** As of when stages and metrics are. */
  freshness: ReactNode;
  /** Null when there is nothing to list: `nothing` says why. */
  found: { first: CustomersPage; count: CustomersCount; pageSize: number } | null;
  nothing: ReactNode;
}) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [editing, setEditing] = useState(false);
  const search = listSearch(scene.list);
  const go = useCallback(
    (change: ListParams) =>
      startTransition(() => router.push(listHref(scene.slug, { ...scene.list, ...change }))),
    [router, scene.list, scene.slug],
  );
  return (
    <div className="grid grid-cols-1 gap-3">
      <FilterBar
        scene={scene}
        ruleText={ruleText}
        editing={editing}
        pending={pending}
        onChange={go}
        onEditRule={() => setEditing(!editing)}
      />
      {editing && (
        <RuleFilter
          key={`rule ${search}`}
          scene={scene}
          onClose={() => setEditing(false)}
          onApply={(rule) => {
            setEditing(false);
            go({ rule });
          }}
        />
      )}
      {found ? (
        <FoundCustomers
          key={`found ${search}`}
          scene={scene}
          freshness={freshness}
          found={found}
          onChange={go}
        />
      ) : (
        nothing
      )}
    </div>
  );
}

function FoundCustomers({
  scene,
  freshness,
  found,
  onChange,
}: {
  scene: CustomersScene;
  freshness: ReactNode;
  found: { first: CustomersPage; count: CustomersCount; pageSize: number };
  onChange: (change: ListParams) => void;
}) {
  const t = useTranslations("customers");
  const tTags = useTranslations("tags");
  const locale = useLocale();
  const router = useRouter();
  const frame = useRef<HTMLElement>(null);
  const search = listSearch(scene.list);
  const [counted, setCounted] = useState<CustomersCount | null>(null);
  const [peeked, setPeeked] = useQueryState("peek", parseAsInteger.withOptions({ scroll: false }));
  const { selection, toggle, choose, chooseAll, clear } = useSelection();
  const pages = useCustomerPages({ slug: scene.slug, search, first: found.first, pageSize: found.pageSize });
  const { rows, complete, failure, loadMore, reload } = pages;
  // Counted when asked for; a later answer of the page (after tagging) is newer.
  const count = counted && !found.count.exact ? counted : found.count;
  const shown = scene.list.cols ?? defaultColumns;
  const columns = ["customer", ...shown].map((key) => scene.columns.find((column) => column.key === key)!);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: ROWS_AHEAD,
    initialRect: { width: 0, height: 20 * ROW_PX },
  });
  const lastDrawn = virtual.getVirtualItems().at(-1)?.index ?? 0;
  const peekedAt = rows.findIndex((row) => row.customerId === peeked);
  const furthest = Math.max(lastDrawn, peekedAt);
  useEffect(() => {
    if (!complete && furthest >= rows.length - 2 * ROWS_AHEAD) loadMore();
  }, [complete, furthest, rows.length, loadMore]);

  const peek = useCallback(
    (id: number) => {
      // Opening is a step one can go back from; walking on to the next row is not another one.
      setPeeked(id, { history: peeked === null ? "push" : "replace" });
      const at = rows.findIndex((row) => row.customerId === id);
      if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
    },
    [peeked, rows, setPeeked, virtual],
  );
  const changed = useCallback(() => {
    reload();
    router.refresh();
  }, [reload, router]);

  const isPicked = selection.of === "all" || selection.ids.size > 0;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-[13px] text-ink-3">
        <ListCount scene={scene} count={count} onExact={setCounted} />
        {freshness}
        <span className="ml-auto flex flex-wrap gap-2">
          {scene.mayTag && (
            <TagsDialog
              slug={scene.slug}
              onChanged={changed}
              trigger={
                <Button>
                  <Tags aria-hidden size={14} />
                  {tTags("manage")}
                </Button>
              }
            />
          )}
          <ColumnPicker
            all={scene.columns.filter(({ key }) => key !== "customer")}
            shown={shown}
            onApply={(cols) => onChange({ cols })}
          />
          {scene.mayExport && (
            <Button asChild>
              <a href={`/api/workspaces/${scene.slug}/customers/export?${search}`} download>
                <Download aria-hidden size={14} />
                {t("export")}
              </a>
            </Button>
          )}
        </span>
      </div>
      <div className="overflow-hidden rounded-card border border-line bg-surface">
        <CustomersTable
          scene={scene}
          columns={columns}
          rows={rows}
          rowCount={count.exact ? count.count : null}
          sort={scene.list.sort ?? defaultSort}
          onSort={(sort) => onChange({ sort })}
          selection={selection}
          onToggle={(id) =>
            toggle(
              id,
              rows.map((row) => row.customerId),
            )
          }
          onToggleLoaded={(all) => (all ? choose(rows.map((row) => row.customerId)) : clear())}
          peeked={peeked}
          onPeek={peek}
          frame={frame}
          virtual={virtual}
        />
        <div
          role="status"
          className="flex min-h-9 items-center gap-3 border-t border-line px-3 py-1 text-xs text-ink-3"
        >
          {failure ? (
            <>
              <span className="text-danger">{t("loadFailed", { message: failure })}</span>
              <Button size="small" onClick={loadMore}>
                {t("retry")}
              </Button>
            </>
          ) : (
            t(complete ? "loadedAll" : "loaded", { shown: formatCount(rows.length, locale) })
          )}
        </div>
      </div>
      {isPicked && (
        <BulkBar
          scene={scene}
          selection={selection}
          count={count}
          loaded={rows.length}
          onSelectAll={chooseAll}
          onClear={clear}
          onChanged={changed}
        />
      )}
      <CustomerPeek
        scene={scene}
        rows={rows}
        peeked={peeked}
        onPeek={peek}
        onClose={() => setPeeked(null, { history: "replace" })}
      />
    </>
  );
}
