import { type PersonalKind, personalKind, personalShapes } from "./personal";

/** What people see as one character: an emoji of several code points is one, and is never cut in half. */
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Where the first `count` characters end; the end of the text when there are no more. Reads no further. */
function endOfFirst(text: string, count: number): number {
  if (count === 0) return 0;
  let seen = 0;
  for (const { index, segment } of segmenter.segment(text))
    if (++seen === count) return index + segment.length;
  return text.length;
}

/** Where the last `count` characters begin; 0 when there are no more. */
function startOfLast(text: string, count: number): number {
  const segments = segmenter.segment(text);
  let start = text.length;
  for (let seen = 0; seen < count && start > 0; seen++) start = segments.containing(start - 1)!.index;
  return start;
}

/** Whether the text has at most (at least) that many characters. */
const hasAtMost = (text: string, count: number) => endOfFirst(text, count) === text.length;
const hasAtLeast = (text: string, count: number) => count === 0 || !hasAtMost(text, count - 1);

interface Cover {
  /** Characters shown at the start and at the end. */
  head: number;
  tail: number;
  stars: string;
  /** With fewer characters hidden than this, nothing is shown at all. */
  hides: number;
}

/** Whether the text is what `cover` makes: stars with no more around them than may be shown. */
function isCovered(text: string, { head, tail, stars }: Cover): boolean {
  for (let at = text.indexOf(stars); at >= 0; at = text.indexOf(stars, at + 1)) {
    if (!hasAtMost(text.slice(0, at), head)) return false;
    if (hasAtMost(text.slice(at + stars.length), tail)) return true;
  }
  return false;
}

/** Keeps both ends and puts the same stars for everything between, so that not even its length is told. */
function cover(text: string, p: Cover): string {
  if (isCovered(text, p)) return text;
  const from = endOfFirst(text, p.head);
  const to = startOfLast(text, p.tail);
  if (from >= to || !hasAtLeast(text.slice(from, to), p.hides)) return p.stars;
  return text.slice(0, from) + p.stars + text.slice(to);
}

const covers: Record<Exclude<PersonalKind, "email" | "phone">, Cover> = {
  id_card: { head: 3, tail: 2, stars: "********", hides: 6 },
  bank_card: { head: 0, tail: 4, stars: "****", hides: 8 },
  wechat: { head: 2, tail: 2, stars: "***", hides: 4 },
  device: { head: 2, tail: 2, stars: "***", hides: 6 },
  name: { head: 1, tail: 0, stars: "**", hides: 1 },
  address: { head: 3, tail: 0, stars: "***", hides: 3 },
  ip: { head: 3, tail: 0, stars: "***", hides: 3 },
  birthday: { head: 4, tail: 0, stars: "***", hides: 2 },
};

const firstOnly: Cover = { head: 1, tail: 0, stars: "***", hides: 1 };

/** a***@d***.com: the first character of both sides and the top-level domain. */
function maskEmail(text: string): string {
  const at = text.lastIndexOf("@");
  if (at < 0) return cover(text, firstOnly);
  const domain = text.slice(at + 1);
  const [, name = domain, top = ""] = /^(.*)(\.\p{L}{2,24})$/u.exec(domain) ?? [];
  return `${cover(text.slice(0, at), firstOnly)}@${cover(name, firstOnly)}${top}`;
}

const mobile: Cover = { head: 3, tail: 4, stars: "****", hides: 4 };

/** 138****1234, +86 138****1234; a shorter number shows its last two digits alone. */
function maskPhone(text: string): string {
  const [, country = "", number = ""] = /^(\+?86[ -]?(?=1))?(.*)$/su.exec(text) ?? [];
  const digits = number.replace(/[\s().-]/gu, "");
  const isLong = hasAtLeast(digits, 11);
  if (isCovered(digits, mobile)) return country + digits;
  return country + cover(digits, isLong ? mobile : { ...mobile, head: 0, tail: 2 });
}

function maskAs(kind: PersonalKind, text: string): string {
  if (kind === "email") return maskEmail(text);
  if (kind === "phone") return maskPhone(text);
  return cover(text, covers[kind]);
}

/** Addresses, numbers of phones and of identity cards inside a sentence. */
function maskWithin(text: string): string {
  const once = personalShapes.reduce(
    (rest, [kind, shape]) => rest.replace(shape, (found) => maskAs(kind, found)),
    text,
  );
  // What one mask leaves may complete another: done when nothing is found any more.
  return once === text ? text : maskWithin(once);
}

/**
 * The value with what is personal in it covered: a***@d***.com, 138****1234, 张**. `kindOrKey` is the type of an id
 * ("email", "wechat_openid") or the key of a trait or property; it decides together with the shape of the value. What
 * shows no sign of being personal comes back as it is. Masking twice is masking once; stars tell no length.
 */
export function maskText(kindOrKey: string, value: string): string {
  const kind = personalKind(kindOrKey, value);
  return kind ? maskAs(kind, value) : maskWithin(value);
}

/** Whether a value would be masked: texts and numbers with a personal key or shape, alone or within a sentence. */
export function looksPersonal(kindOrKey: string, value: unknown): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  const text = String(value);
  return personalKind(kindOrKey, text) !== null || maskWithin(text) !== text;
}

/** Goods have names too: within an object that carries one of these, `name` is the name of a thing. */
const thingKeys = ["sku", "product_id", "productId", "item_id", "itemId"];

/**
 * Any JSON with what is personal in it covered, whatever its depth; the answer has the same shape. A number that is
 * personal comes back as masked text.
 */
export function maskJson(key: string, value: unknown): unknown {
  if (typeof value === "string") return maskText(key, value);
  if (typeof value === "number") return looksPersonal(key, value) ? maskText(key, String(value)) : value;
  if (Array.isArray(value)) return value.map((one) => maskJson(key, one));
  if (typeof value !== "object" || value === null) return value;
  const isThing = thingKeys.some((thing) => Object.hasOwn(value, thing));
  return Object.fromEntries(
    Object.entries(value).map(([own, inner]) => [
      own,
      maskJson(isThing && own === "name" ? "title" : own, inner),
    ]),
  );
}
