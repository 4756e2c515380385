"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** Yes, no, or (as "indeterminate") some; the frame around it makes a target of 24 px. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root {...props} className={classNames("group grid size-6 shrink-0 place-items-center", className)}>
      <span className="grid size-4 place-items-center rounded border border-line-strong bg-surface text-on-accent group-disabled:opacity-60 group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent group-data-[state=indeterminate]:border-accent group-data-[state=indeterminate]:bg-accent">
        <Radix.Indicator>
          <Check aria-hidden size={12} strokeWidth={3} className="group-data-[state=indeterminate]:hidden" />
          <Minus
            aria-hidden
            size={12}
            strokeWidth={3}
            className="hidden group-data-[state=indeterminate]:block"
          />
        </Radix.Indicator>
      </span>
    </Radix.Root>
  );
}
