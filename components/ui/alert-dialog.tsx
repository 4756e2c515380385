"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { DialogActions, dialogBackdrop } from "./dialog";
import { useReturnFocus } from "./use-return-focus";

/**
 * Asks once before something that cannot be undone. The button says what will happen, with its number
 * ("Launch to 1,204 customers"); cancelling has the focus.
 */
export function ConfirmDialog({
  trigger,
  open,
  onOpenChange,
  title,
  children,
  action,
  onConfirm,
  danger = false,
}: {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  /** What exactly will happen, and to whom. */
  children: ReactNode;
  /** The verb of the button, with its number. */
  action: string;
  onConfirm: () => void;
  danger?: boolean;
}) {
  const t = useTranslations("states");
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={dialogBackdrop} />
        <Radix.Content
          {...returnFocus}
          className="appear fixed top-[20dvh] left-1/2 z-50 grid max-h-[70dvh] w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 content-start gap-4 overflow-auto rounded-card border border-line bg-surface p-5 shadow-xl shadow-black/10"
        >
          <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="text-[13px] text-ink-2">{children}</div>
          </Radix.Description>
          <DialogActions>
            <Radix.Cancel asChild>
              <Button>{t("cancel")}</Button>
            </Radix.Cancel>
            <Radix.Action asChild>
              <Button variant={danger ? "danger" : "primary"} onClick={onConfirm}>
                {action}
              </Button>
            </Radix.Action>
          </DialogActions>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
