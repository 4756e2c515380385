"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toaster as Sonner, toast as sonner } from "sonner";
import { Button } from "./button";
import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";

const RESULT_MS = 5_000;
const UNDO_MS = 10_000;

interface Words {
  tone: "result" | "error";
  text: string;
  /** To quote when reporting a failure. */
  requestId?: string | null;
  undo?: () => void;
}

const show = (words: Words, duration: number) =>
  sonner.custom((id) => <ToastCard {...words} onClose={() => sonner.dismiss(id)} />, { duration });

/** Says how an act ended. Results leave by themselves, an undo waits ten seconds, errors stay until they are dismissed. */
export const toast = {
  result: (text: string) => show({ tone: "result", text }, RESULT_MS),
  undo: (text: string, undo: () => void) => show({ tone: "result", text, undo }, UNDO_MS),
  error: (text: string, requestId?: string | null) =>
    show({ tone: "error", text, requestId }, Number.POSITIVE_INFINITY),
};

/** The place toasts appear in; the root layout holds the one. */
export function Toaster() {
  const t = useTranslations("states");
  return <Sonner position="bottom-center" containerAriaLabel={t("notices")} />;
}

function ToastCard({ tone, text, requestId, undo, onClose }: Words & { onClose: () => void }) {
  const t = useTranslations("states");
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={classNames(
        // A modal dialog takes the pointer from the rest of the page, not from what it led to.
        "pointer-events-auto flex w-(--width) max-w-full items-center gap-2 rounded-card border py-1.5 pr-1.5 pl-4 font-sans text-[13px] shadow-lg shadow-black/10",
        tone === "error" ? "border-danger bg-danger-soft text-danger" : "border-line bg-surface text-ink",
      )}
    >
      <p className="min-w-0 flex-1 py-1">
        {text}
        {requestId && (
          <span className="mt-0.5 flex items-center gap-1 text-xs">
            <span className="min-w-0 break-all">{t("errorId", { id: requestId })}</span>
            <CopyButton value={requestId} />
          </span>
        )}
      </p>
      {undo && (
        <Button
          size="small"
          onClick={() => {
            undo();
            onClose();
          }}
        >
          {t("undo")}
        </Button>
      )}
      <Button variant="ghost" size="icon" aria-label={t("dismiss")} onClick={onClose}>
        <X aria-hidden size={14} />
      </Button>
    </div>
  );
}
