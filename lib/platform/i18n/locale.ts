/** The console's languages; every catalogue has the same keys. */
export const locales = ["zh-CN", "en"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "zh-CN";
export const LOCALE_COOKIE = "locale";

/** A name in both languages, as stage models and catalogues carry it. */
export interface LocalName {
  zh: string;
  en: string;
}

/** The console language of that name, or null: cookies and stored preferences are hearsay. */
export const findLocale = (name: unknown): Locale | null => locales.find((one) => one === name) ?? null;

/** The name in the reader's language. */
export const localName = (name: LocalName, locale: Locale): string =>
  locale === "zh-CN" ? name.zh : name.en;

/** The best console language for an Accept-Language header; null when it asks for none of ours. */
export function acceptedLocale(header: string | null): Locale | null {
  const wishes = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.find((one) => one.trim().startsWith("q="))?.split("=")[1];
      return { language: tag.trim().toLowerCase().split("-")[0], quality: quality ? Number(quality) : 1 };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wishes) {
    if (language === "zh") return "zh-CN";
    if (language === "en") return "en";
  }
  return null;
}
