"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { panelClass } from "./panel-class";

/** Closes the popover it stands in; with `asChild` the button or link inside does. */
export const PopoverClose = Radix.Close;

/** A panel of content that opens at its button (the one element `trigger` is) and closes with Escape or a click beside it. */
export function Popover({
  trigger,
  open,
  onOpenChange,
  label,
  align = "start",
  className,
  children,
}: {
  trigger: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Accessible name of the panel. */
  label: string;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={classNames(
            panelClass,
            "max-h-(--radix-popover-content-available-height) w-[min(20rem,calc(100vw-1rem))] p-3",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
