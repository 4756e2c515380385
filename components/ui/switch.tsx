"use client";

import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** Something that is on or off and acts at once. */
export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      {...props}
      className={classNames(
        "inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-line-strong bg-sunken px-0.5 disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
    >
      <Radix.Thumb className="size-4 rounded-full bg-line-strong duration-100 data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent motion-safe:transition-transform" />
    </Radix.Root>
  );
}
