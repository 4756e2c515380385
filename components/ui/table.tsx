import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

const align = { left: "text-left", right: "text-right num", center: "text-center" } as const;
type Align = keyof typeof align;

/**
 * A real table in a region of its own that scrolls, its header staying in view. The caption names both; what has the focus
 * is never hidden below the header.
 */
export function Table({
  caption,
  className,
  frameClassName,
  children,
  ...props
}: ComponentProps<"table"> & {
  caption: string;
  /** Height of the region, where it must not grow with its rows. */
  frameClassName?: string;
}) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={classNames("scroll-pt-9 overflow-auto -outline-offset-2", frameClassName)}
    >
      <table
        {...props}
        className={classNames("w-full border-separate border-spacing-0 text-[13px]", className)}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

const head =
  "sticky top-0 z-10 h-9 border-b border-line bg-surface px-3 text-xs font-medium whitespace-nowrap text-ink-2";

/** The header of a column: text stands at the left, numbers at the right. */
export const ColumnHead = ({
  align: side = "left",
  className,
  ...props
}: Omit<ComponentProps<"th">, "align"> & { align?: Align }) => (
  <th scope="col" {...props} className={classNames(head, align[side], className)} />
);

export type SortDirection = "ascending" | "descending";

const arrows = { ascending: ArrowUp, descending: ArrowDown, none: ArrowUpDown };

/** A column header that sorts: says its direction to screen readers, and its button takes the next one. */
export function SortHead({
  align: side = "left",
  direction,
  onSort,
  after,
  className,
  children,
  ...props
}: Omit<ComponentProps<"th">, "align"> & {
  align?: Align;
  /** What stands beside the button, such as the ⓘ of the column. */
  after?: ReactNode;
  /** How the table is sorted by this column now; null when by another. */
  direction: SortDirection | null;
  onSort: () => void;
  children: ReactNode;
}) {
  const Arrow = arrows[direction ?? "none"];
  return (
    <th
      scope="col"
      {...props}
      aria-sort={direction ?? "none"}
      className={classNames(head, align[side], className)}
    >
      <button
        type="button"
        onClick={onSort}
        className={classNames(
          "-mx-1 inline-flex min-h-6 items-center gap-1 rounded px-1 hover:text-ink",
          side === "right" && "flex-row-reverse",
        )}
      >
        {children}
        <Arrow aria-hidden size={12} className={direction ? "text-accent" : "text-ink-3"} />
      </button>
      {after}
    </th>
  );
}

/** A row of 36 px. */
export const Row = ({ className, ...props }: ComponentProps<"tr">) => (
  <tr {...props} className={classNames("hover:bg-sunken", className)} />
);

const cell = "h-9 border-b border-line px-3 whitespace-nowrap";

export const Cell = ({
  align: side = "left",
  className,
  ...props
}: Omit<ComponentProps<"td">, "align"> & { align?: Align }) => (
  <td {...props} className={classNames(cell, align[side], className)} />
);

/** The cell that names its row. */
export const RowHead = ({ className, ...props }: ComponentProps<"th">) => (
  <th scope="row" {...props} className={classNames(cell, "text-left font-medium", className)} />
);
