"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { useReturnFocus } from "./use-return-focus";

export const dialogBackdrop = "fixed inset-0 z-40 bg-black/40 appear";

/** A toast belongs to what the dialog did: acting on it (undo, copy) does not close the dialog. */
export const stayForToasts = (event: { target: EventTarget | null; preventDefault: () => void }): void => {
  if (event.target instanceof Element && event.target.closest("[data-sonner-toaster]"))
    event.preventDefault();
};

/** Closes the dialog or sheet it stands in; with `asChild` the button inside does. */
export const DialogClose = Radix.Close;

/** The heading of a dialog or sheet and the way out of it. */
export function DialogHeading({ title, hint }: { title: ReactNode; hint?: ReactNode }) {
  const t = useTranslations("states");
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
        {hint && <Radix.Description className="mt-0.5 text-[13px] text-ink-2">{hint}</Radix.Description>}
      </div>
      <Radix.Close
        aria-label={t("close")}
        className="-mt-1 -mr-1 grid size-8 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <X aria-hidden size={16} />
      </Radix.Close>
    </div>
  );
}

/** A question or a small form over the page. Opened by its trigger, or by `open` and `onOpenChange`. */
export function Dialog({
  trigger,
  open,
  onOpenChange,
  title,
  hint,
  children,
  className,
}: {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
  className?: string;
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
            "appear fixed top-[12dvh] left-1/2 z-50 grid max-h-[80dvh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 content-start gap-4 overflow-auto rounded-card border border-line bg-surface p-5 shadow-xl shadow-black/10",
            className,
          )}
        >
          <DialogHeading title={title} hint={hint} />
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The buttons at the end of a dialog, the one that acts last. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap justify-end gap-2">{children}</div>
);
