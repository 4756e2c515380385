"use client";

import { Progress as Radix } from "radix-ui";

/** How far something is, from 0 to `max`; null while nobody knows. What it means stands in words beside it. */
export const Progress = ({
  value,
  max = 100,
  label,
}: {
  value: number | null;
  max?: number;
  label: string;
}) => (
  <Radix.Root
    value={value}
    max={max}
    aria-label={label}
    className="h-2 w-full overflow-hidden rounded-full bg-sunken"
  >
    <Radix.Indicator
      className="h-full bg-accent duration-100 data-[state=indeterminate]:opacity-40 motion-safe:transition-[width]"
      style={{ width: value === null ? "100%" : `${(value / max) * 100}%` }}
    />
  </Radix.Root>
);
