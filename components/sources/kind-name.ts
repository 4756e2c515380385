import { standardKindById } from "@/lib/intake/kinds";
import { type Locale, localName } from "@/lib/platform/i18n/locale";

/** What a kind is called: ours in the reader's language, a custom one by its key; null for profile updates. */
export function kindName(kind: number | string, key: string | null, locale: Locale): string | null {
  if (typeof kind === "string") return kind;
  const standard = standardKindById(kind);
  return standard ? localName(standard.names, locale) : key;
}
