import type { Locale } from "./locale";
import en from "./messages/en.json";
import zhCN from "./messages/zh-CN.json";

export type Messages = typeof zhCN;

/** The whole catalogue of a language. */
export const messagesOf = (locale: Locale): Messages => (locale === "en" ? en : zhCN);
