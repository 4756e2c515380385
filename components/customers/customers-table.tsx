"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, RefObject } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { Info } from "@/components/ui/info";
import { Cell, ColumnHead, Row, RowHead, SortHead } from "@/components/ui/table";
import type { ColumnView } from "@/lib/customers/list-columns";
import { type ListedCustomer, type ListSort, sortKeys } from "@/lib/customers/list-schema";
import { CustomerCell, columnAlign } from "./customer-cell";
import type { CustomersScene } from "./customers-scene";
import { isSelected, type Selection } from "./use-selection";

export const ROW_PX = 36;

/** The list as one long table: rows near the window are drawn, the others keep their room. */
export function CustomersTable({
  scene,
  columns,
  rows,
  rowCount,
  sort,
  onSort,
  selection,
  onToggle,
  onToggleLoaded,
  peeked,
  onPeek,
  frame,
  virtual,
}: {
  scene: CustomersScene;
  columns: readonly ColumnView[];
  rows: readonly ListedCustomer[];
  /** All rows there are; null when nobody counted them. */
  rowCount: number | null;
  sort: ListSort;
  onSort: (sort: ListSort) => void;
  selection: Selection;
  onToggle: (id: number) => void;
  onToggleLoaded: (all: boolean) => void;
  peeked: number | null;
  onPeek: (id: number) => void;
  frame: RefObject<HTMLElement | null>;
  virtual: Virtualizer<HTMLElement, Element>;
}) {
  const t = useTranslations("customers");
  const drawn = virtual.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  const chosen = rows.filter((row) => isSelected(selection, row.customerId)).length;

  /** Up and down go from name to name; a row that is not drawn yet is scrolled to first. */
  function move(event: KeyboardEvent<HTMLElement>) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const from = (event.target as HTMLElement).closest<HTMLElement>("button[data-row]");
    if (!step || !from) return;
    const to = Number(from.dataset.row) + step;
    if (to < 0 || to >= rows.length) return;
    event.preventDefault();
    virtual.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`button[data-row="${to}"]`)?.focus({ preventScroll: true }),
    );
  }

  /** Numbers and days are looked at from the greatest down first. */
  const turn = (column: ColumnView): ListSort => ({
    key: column.key,
    descending: sort.key === column.key ? !sort.descending : columnAlign(column) === "right",
  });
  return (
    <section
      ref={frame}
      aria-label={t("tableLabel")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[68dvh] min-h-40 scroll-pt-9 overflow-auto -outline-offset-2"
    >
      <table
        aria-rowcount={rowCount === null ? -1 : rowCount + 1}
        className="w-full border-separate border-spacing-0 text-[13px]"
      >
        <caption className="sr-only">{t("tableLabel")}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <td className="sticky top-0 left-0 z-20 h-9 w-10 min-w-10 border-b border-line bg-surface pr-0 pl-2">
              <Checkbox
                aria-label={t("selectLoaded")}
                checked={chosen === 0 ? false : chosen === rows.length ? true : "indeterminate"}
                onCheckedChange={(state) => onToggleLoaded(state === true)}
              />
            </td>
            {columns.map((column) => (
              <HeadOf key={column.key} column={column} sort={sort} onSort={() => onSort(turn(column))} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={move}>
          {above > 0 && <Gap height={above} span={columns.length + 1} />}
          {drawn.map(({ index }) => {
            const row = rows[index];
            if (!row) return null;
            const selected = isSelected(selection, row.customerId);
            return (
              <Row
                key={row.customerId}
                aria-rowindex={index + 2}
                aria-selected={selected}
                data-marked={selected || peeked === row.customerId}
                className="group data-[marked=true]:bg-accent-soft"
              >
                <Cell className={classNames("sticky left-0 z-[1] w-10 min-w-10 pr-0 pl-2", pinned)}>
                  <Checkbox
                    aria-label={t("select", { customer: row.displayKey })}
                    checked={selected}
                    onCheckedChange={() => onToggle(row.customerId)}
                  />
                </Cell>
                <RowHead className={classNames("sticky left-10 z-[1] min-w-40 max-w-56", pinned)}>
                  <button
                    type="button"
                    data-row={index}
                    aria-label={t("open", { customer: row.displayKey })}
                    title={row.displayKey}
                    onClick={() => onPeek(row.customerId)}
                    className="-mx-1 block min-h-6 max-w-full truncate rounded px-1 text-left hover:text-accent hover:underline"
                  >
                    {row.displayKey}
                  </button>
                </RowHead>
                {columns.slice(1).map((column) => (
                  <Cell
                    key={column.key}
                    align={columnAlign(column)}
                    className={column.type === "text" ? "max-w-56 truncate" : undefined}
                  >
                    <CustomerCell
                      row={row}
                      column={column}
                      stages={scene.stages}
                      tags={scene.tags}
                      currency={scene.currency}
                    />
                  </Cell>
                ))}
              </Row>
            );
          })}
          {below > 0 && <Gap height={below} span={columns.length + 1} />}
        </tbody>
      </table>
    </section>
  );
}

/** What stays in view at the left is as opaque as its row is coloured. */
const pinned = "bg-surface group-hover:bg-sunken group-data-[marked=true]:bg-accent-soft";

function HeadOf({ column, sort, onSort }: { column: ColumnView; sort: ListSort; onSort: () => void }) {
  const t = useTranslations("customers");
  const align = columnAlign(column);
  const isName = column.key === "customer";
  const place = isName ? "left-10 z-20" : undefined;
  const info = (
    <Info label={t("columnInfo", { column: column.label })}>
      <p className="font-medium">{column.label}</p>
      <p className="mt-1 text-ink-2">{column.definition}</p>
    </Info>
  );
  if (!sortKeys.includes(column.key))
    return (
      <ColumnHead align={align} className={place}>
        <span className="inline-flex items-center">
          {column.label}
          {info}
        </span>
      </ColumnHead>
    );
  const direction = sort.key === column.key ? (sort.descending ? "descending" : "ascending") : null;
  return (
    <SortHead align={align} direction={direction} onSort={onSort} after={info} className={place}>
      {column.label}
    </SortHead>
  );
}

/** Keeps the room of rows that are not drawn. */
const Gap = ({ height, span }: { height: number; span: number }) => (
  <tr aria-hidden>
    <td colSpan={span} style={{ height }} />
  </tr>
);
