"use client";

import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type DragEvent, useCallback, useId, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Progress } from "@/components/ui/progress";
import { formatShare } from "@/lib/platform/i18n/format";
import { formatBytes } from "./format-bytes";
import { type Sending, useUpload } from "./use-upload";

/** Takes a file by drop or choice, sends it in pieces, and goes on to its import. The same file again goes on where it stopped. */
export function Upload({ slug, maxBytes }: { slug: string; maxBytes: number }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const router = useRouter();
  const id = useId();
  const [over, setOver] = useState(false);
  const [last, setLast] = useState<File | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const onDone = useCallback(
    (importId: number) => {
      router.push(`/w/${slug}/imports/${importId}?step=content`);
      router.refresh();
    },
    [router, slug],
  );
  const { sending, send } = useUpload(slug, onDone);
  const busy = sending.phase !== "idle" && sending.phase !== "failed";

  function take(file: File | undefined) {
    if (!file || busy) return;
    setRefusal(null);
    if (file.size > maxBytes) {
      const [size, limit] = [formatBytes(file.size, locale), formatBytes(maxBytes, locale)];
      return setRefusal(t("tooLarge", { name: file.name, size, limit }));
    }
    setLast(file);
    void send(file);
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  }

  return (
    <div className="grid gap-3">
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={classNames(
          "grid cursor-pointer justify-items-center gap-2 rounded-card border border-dashed px-4 py-12 text-center focus-within:outline-2 focus-within:outline-accent",
          over ? "border-accent bg-accent-soft" : "border-line-strong bg-surface hover:bg-sunken",
        )}
      >
        <FileUp aria-hidden size={22} className="text-ink-3" />
        <span className="font-medium">{t("drop")}</span>
        <span className="max-w-xl text-[13px] text-ink-2">
          {t("limits", { size: formatBytes(maxBytes, locale) })}
        </span>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json,.gz"
          className="sr-only"
          disabled={busy}
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
      {refusal && <Banner tone="error">{refusal}</Banner>}
      {sending.phase === "failed" && (
        <Banner
          tone="error"
          action={
            last && (
              <Button size="small" onClick={() => take(last)}>
                {t("retry")}
              </Button>
            )
          }
        >
          {t("sendFailed", { message: sending.message })}
        </Banner>
      )}
      {busy && <SendingLine sending={sending} />}
    </div>
  );
}

function SendingLine({ sending }: { sending: Sending }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  if (sending.phase === "idle" || sending.phase === "failed") return null;
  const share = sending.phase === "inspecting" ? null : sending.share;
  const words =
    sending.phase === "inspecting"
      ? t("inspecting", { name: sending.name })
      : t(sending.phase, { name: sending.name, percent: formatShare(sending.share, 1, locale) ?? "" });
  return (
    <div role="status" className="grid gap-1.5 text-[13px] text-ink-2">
      {words}
      <Progress value={share === null ? null : share * 100} label={words} />
    </div>
  );
}
