"use client";

import { useTranslations } from "next-intl";
import type { Day } from "@/lib/platform/day";
import { JsonValue } from "./json-value";
import { useReveal } from "./reveal-context";

/** A trait's value as of a day: masked, or in the clear where it was revealed as of that same day. */
export function TraitValue({ traitKey, masked, asOf }: { traitKey: string; masked: unknown; asOf: Day }) {
  const t = useTranslations("customer");
  const { revealed } = useReveal();
  const clear = revealed?.asOf === asOf ? revealed.traits.find((one) => one.key === traitKey) : undefined;
  const value = clear ? clear.value : masked;
  return value === null ? <span className="text-ink-3">{t("cleared")}</span> : <JsonValue value={value} />;
}
