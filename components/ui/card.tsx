import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

/** A framed part of a page, named by its title; `action` stands at the right of the title. */
export function Card({
  title,
  hint,
  action,
  children,
  className,
  ...props
}: Omit<ComponentProps<"section">, "title"> & { title?: ReactNode; hint?: ReactNode; action?: ReactNode }) {
  return (
    <section
      {...props}
      className={classNames("min-w-0 rounded-card border border-line bg-surface p-4", className)}
    >
      {(title || action) && (
        <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            {title && <h2 className="font-semibold">{title}</h2>}
            {hint && <p className="text-[13px] text-ink-2">{hint}</p>}
          </div>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}
