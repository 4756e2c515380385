"use client";

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** Parts of a page of which one is shown. Keep the choice in the URL: pass `value` and `onValueChange`. */
export const Tabs = Radix.Root;

export const TabsList = ({ className, ...props }: ComponentProps<typeof Radix.List>) => (
  <Radix.List
    {...props}
    className={classNames("flex gap-1 overflow-x-auto border-b border-line", className)}
  />
);

export const Tab = ({ className, ...props }: ComponentProps<typeof Radix.Trigger>) => (
  <Radix.Trigger
    {...props}
    className={classNames(
      "-mb-px h-9 shrink-0 border-b-2 border-transparent px-3 text-[13px] text-ink-2 -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-accent",
      className,
    )}
  />
);

export const TabPanel = ({ className, ...props }: ComponentProps<typeof Radix.Content>) => (
  <Radix.Content {...props} className={classNames("pt-4", className)} />
);
