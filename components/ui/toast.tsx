"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { classNames } from "./class-names";

interface Toast {
  text: string;
  tone: "result" | "error";
}

const RESULT_MS = 5_000;

const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Says the result of an act: results leave by themselves, errors stay until dismissed. */
export const useToast = () => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null);
  const t = useTranslations("states");
  const show = useCallback((next: Toast) => setToast(next), []);

  useEffect(() => {
    if (toast?.tone !== "result") return;
    const timer = setTimeout(() => setToast(null), RESULT_MS);
    return () => clearTimeout(timer);
  }, [toast]);

  return (
    <ToastContext.Provider value={show}>
      {children}
      <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex justify-center">
        {toast && (
          <p
            className={classNames(
              "pointer-events-auto flex max-w-xl items-center gap-3 rounded-card border px-4 py-2 text-[13px] shadow-lg shadow-black/10",
              toast.tone === "error" ? "border-danger bg-danger-soft text-danger" : "border-line bg-surface",
            )}
          >
            {toast.text}
            <button
              type="button"
              aria-label={t("dismiss")}
              onClick={() => setToast(null)}
              className="grid size-6 shrink-0 place-items-center rounded"
            >
              <X aria-hidden size={14} />
            </button>
          </p>
        )}
      </div>
    </ToastContext.Provider>
  );
}
