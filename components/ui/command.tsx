"use client";

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** A list one filters by typing and walks with the arrow keys. `shouldFilter={false}` leaves the filtering to the caller. */
export const Command = ({ className, ...props }: ComponentProps<typeof Cmdk>) => (
  <Cmdk {...props} className={classNames("flex min-h-0 flex-col", className)} />
);

export const CommandInput = ({ className, ...props }: ComponentProps<typeof Cmdk.Input>) => (
  <div className="flex items-center gap-2 border-b border-line px-3">
    <Search aria-hidden size={16} className="shrink-0 text-ink-3" />
    <Cmdk.Input
      {...props}
      className={classNames(
        "h-12 w-full bg-transparent text-sm outline-none placeholder:text-ink-3",
        className,
      )}
    />
  </div>
);

export const CommandList = ({ className, ...props }: ComponentProps<typeof Cmdk.List>) => (
  <Cmdk.List {...props} className={classNames("max-h-[50dvh] overflow-y-auto p-1.5", className)} />
);

export const CommandGroup = ({ className, ...props }: ComponentProps<typeof Cmdk.Group>) => (
  <Cmdk.Group
    {...props}
    className={classNames(
      "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3",
      className,
    )}
  />
);

export const CommandItem = ({ className, ...props }: ComponentProps<typeof Cmdk.Item>) => (
  <Cmdk.Item
    {...props}
    className={classNames(
      "flex min-h-9 cursor-pointer items-center gap-2 rounded-md px-2 text-[13px] data-[selected=true]:bg-sunken data-[selected=true]:shadow-[inset_2px_0_0_var(--accent)]",
      className,
    )}
  />
);
