"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** One of a few that are worth reading side by side; name it with aria-label or aria-labelledby. */
export const RadioGroup = ({ className, ...props }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root {...props} className={classNames("grid gap-1", className)} />
);

/** A choice with its label and, where needed, a line that explains it. */
export function Radio({
  label,
  hint,
  ...props
}: ComponentProps<typeof Radix.Item> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Radix.Item
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...props}
        className="group grid size-6 shrink-0 place-items-center rounded-full"
      >
        <span className="grid size-4 place-items-center rounded-full border border-line-strong bg-surface group-data-[state=checked]:border-accent">
          <Radix.Indicator className="size-2 rounded-full bg-accent" />
        </span>
      </Radix.Item>
      <div className="min-w-0 pt-0.5 text-[13px]">
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-ink-3">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
