"use client";

import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Snippets } from "./snippets";

/** A write key, the only time it is seen; `origin` is where senders reach this console. */
export function WriteKeyDialog({
  writeKey,
  origin,
  onClose,
}: {
  writeKey: string | null;
  origin: string;
  onClose: () => void;
}) {
  const t = useTranslations("sources");
  return (
    <Dialog
      open={writeKey !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("keyTitle")}
      className="w-[min(44rem,calc(100vw-2rem))]"
    >
      {writeKey && (
        <>
          <Banner tone="warning">{t("keyOnce")}</Banner>
          <p className="flex items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
            <code data-testid="write-key" className="min-w-0 flex-1 break-all text-xs">
              {writeKey}
            </code>
            <CopyButton value={writeKey} />
          </p>
          <Snippets origin={origin} writeKey={writeKey} />
          <DialogActions>
            <Button variant="primary" onClick={onClose}>
              {t("keyDone")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
