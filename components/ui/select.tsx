"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { controlClass, useFieldControl } from "./field";

/** One of a few: the browser's own list, which every phone and screen reader knows. Takes `option` children. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <span className={classNames("relative inline-flex w-full min-w-0", className)}>
      <select
        {...useFieldControl()}
        {...props}
        className={classNames(controlClass, "appearance-none truncate pr-8")}
      />
      <ChevronDown
        aria-hidden
        size={15}
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-3"
      />
    </span>
  );
}
