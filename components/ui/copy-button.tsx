"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { copyText } from "./copy-text";

const SHOWN_MS = 2_000;

/** Copies a value to the clipboard and says so in its own place. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const t = useTranslations("states");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const name = copied ? t("copied") : (label ?? t("copy"));
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={name}
      title={name}
      onClick={async () => setCopied(await copyText(value))}
    >
      {copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
      <span role="status" className="sr-only">
        {copied && t("copied")}
      </span>
    </Button>
  );
}
