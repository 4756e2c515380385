"use client";

import { useTranslations } from "next-intl";
import type { Answer } from "@/components/ui/api";

type Refusal = Extract<Answer, { ok: false }>;

/** Puts what refuses a password into words; anything else in those of the answer. */
export function useRefusalWords(): (refusal: Refusal) => string {
  const t = useTranslations("account");
  return ({ details, message }) => {
    if (details.reason === "wait") return t("wait", { seconds: Number(details.seconds) });
    if (details.reason === "wrong") return t("wrong");
    if (details.reason === "too_short") return t("tooShort");
    if (details.reason === "too_common") return t("tooCommon");
    return message;
  };
}
