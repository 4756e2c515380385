import type { Locale } from "./locale";
import en from "./messages/en/catalogue";
import zhCN from "./messages/zh/catalogue";

export type Messages = typeof zhCN;

/** The whole catalogue of a language: a file per room in each, with the same keys. */
export const messagesOf = (locale: Locale): Messages => (locale === "en" ? en : zhCN);
