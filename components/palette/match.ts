/** What an entry is found by: its name, and other names it goes by (the other language's, a slug). */
export interface Findable {
  label: string;
  also: readonly string[];
}

/** First letters of the pinyin of a text's Chinese characters, one string; empty where it has none. */
export type InitialsOf = (text: string) => string;

/** Full width and half width, capitals and small letters are the same when one searches. */
export const folded = (text: string): string => text.normalize("NFKC").toLowerCase().trim();

interface Indexed<T> {
  entry: T;
  texts: string[];
  initials: string[];
}

/** Prepares entries once, so that each key stroke only compares. */
export const indexOf = <T extends Findable>(entries: readonly T[], initialsOf: InitialsOf): Indexed<T>[] =>
  entries.map((entry) => {
    const texts = [entry.label, ...entry.also].map(folded);
    return { entry, texts, initials: texts.map(initialsOf).filter((one) => one !== "") };
  });

/** How well a text fits, the less the better: it begins so, a word of it does, it holds it somewhere; null: not at all. */
function closeness(text: string, query: string): number | null {
  const at = text.indexOf(query);
  if (at < 0) return null;
  if (at === 0) return 0;
  return /[\s·:：(（-]/.test(text[at - 1] ?? "") ? 1 : 2;
}

/** How well an entry fits what was typed; initials of pinyin come after what is written out. */
function closenessOf({ texts, initials }: Indexed<unknown>, query: string): number | null {
  const written = texts.map((text) => closeness(text, query));
  const spoken = initials.map((text) => {
    const found = closeness(text, query);
    return found === null ? null : found + 3;
  });
  const fits = [...written, ...spoken].filter((one) => one !== null);
  return fits.length > 0 ? Math.min(...fits) : null;
}

/** Entries that fit what was typed, best first, in their own order where they fit alike; all when nothing was typed. */
export function search<T>(index: readonly Indexed<T>[], typed: string): T[] {
  const query = folded(typed);
  if (query === "") return index.map(({ entry }) => entry);
  return index
    .map((one) => ({ entry: one.entry, closeness: closenessOf(one, query) }))
    .filter((one): one is { entry: T; closeness: number } => one.closeness !== null)
    .sort((a, b) => a.closeness - b.closeness)
    .map(({ entry }) => entry);
}
