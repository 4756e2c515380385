import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locale } from "@/lib/platform/i18n/locale";
import type { Messages } from "@/lib/platform/i18n/messages";

/** The words of a room as the console says them. Read as a file: Node loads no JSON module without an attribute Next does not take. */
export function wordsOf<
  R extends "audit" | "board" | "imports" | "settings" | "shell" | "sources" | "start" | "states",
>(locale: Locale, room: R): Messages[R] {
  const folder = path.resolve(import.meta.dirname, "../../lib/platform/i18n/messages", locale.slice(0, 2));
  return JSON.parse(readFileSync(path.join(folder, `${room}.json`), "utf8"));
}
