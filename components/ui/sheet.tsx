"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { DialogHeading, dialogBackdrop, stayForToasts } from "./dialog";
import { useReturnFocus } from "./use-return-focus";

const sides = {
  left: "left-0 w-72 border-r",
  right: "right-0 w-[min(36rem,100vw)] border-l",
} as const;

/** A panel from the side: a peek at a detail at the right, the menu of a narrow window at the left. */
export function Sheet({
  trigger,
  open,
  onOpenChange,
  side = "right",
  title,
  hint,
  children,
}: {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: keyof typeof sides;
  title: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={dialogBackdrop} />
        <Radix.Content
          {...returnFocus}
          onInteractOutside={stayForToasts}
          {...(hint ? {} : { "aria-describedby": undefined })}
          className={classNames(
            "appear fixed inset-y-0 z-50 flex max-w-full flex-col gap-4 overflow-auto border-line bg-surface p-4",
            sides[side],
          )}
        >
          <DialogHeading title={title} hint={hint} />
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
