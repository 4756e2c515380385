import type { InboxRow } from "./inbox";

/** Longest id or trait name, in UTF-8 bytes: they are index keys, and an index entry ends at 2,704 bytes. */
export const MAX_KEY_BYTES = 1024;

/** Largest amount in minor units: sums over a customer's life stay exact integers. */
export const MAX_AMOUNT = 1e13;

export interface Unstorable {
  /** The field, in the words of the sender. */
  path:
    | "userId"
    | "anonymousId"
    | "previousId"
    | "externalIds"
    | "channel"
    | "properties"
    | "traits"
    | "timestamp"
    | "amount";
  detail: string;
}

const UNSTORABLE_TEXT = "holds a NUL or half a surrogate pair, which no text can";

const LONE_SURROGATE = /\p{Surrogate}/u;
// As JSON.stringify writes them; a backslash sent as text looks alike, so a match only starts the exact search.
const SUSPICIOUS_JSON = /\\u(?:0000|d[89a-f])/;

const isStorableText = (value: string): boolean => !value.includes("\0") && !LONE_SURROGATE.test(value);

function isStorableValue(value: unknown): boolean {
  if (typeof value === "string") return isStorableText(value);
  if (Array.isArray(value)) return value.every(isStorableValue);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, one]) => isStorableText(key) && isStorableValue(one));
}

/** `json` is the value as JSON.stringify writes it. */
const isStorableJson = (value: object | null, json: string | null): boolean =>
  json === null || !SUSPICIOUS_JSON.test(json) || isStorableValue(value);

const fitsIndex = (value: string): boolean =>
  value.length * 3 <= MAX_KEY_BYTES || Buffer.byteLength(value, "utf8") <= MAX_KEY_BYTES;

function keyProblem(path: Unstorable["path"], value: string | null): Unstorable | null {
  if (value === null) return null;
  if (!isStorableText(value)) return { path, detail: UNSTORABLE_TEXT };
  return fitsIndex(value) ? null : { path, detail: `is longer than ${MAX_KEY_BYTES} bytes` };
}

/** The first problem among keys of one kind, or null. */
function firstKeyProblem(path: Unstorable["path"], keys: readonly string[]): Unstorable | null {
  for (const key of keys) {
    const problem = keyProblem(path, key);
    if (problem) return problem;
  }
  return null;
}

function externalProblem(row: InboxRow): Unstorable | null {
  if (!row.externalKeys) return null;
  if (row.externalKeys.some(([kind]) => kind === "user" || kind === "anonymous"))
    return {
      path: "externalIds",
      detail: "has a type user or anonymous: send these as userId and anonymousId",
    };
  return firstKeyProblem("externalIds", row.externalKeys.flat());
}

function traitsProblem(row: InboxRow): Unstorable | null {
  if (!row.traits) return null;
  if (Array.isArray(row.traits)) return { path: "traits", detail: "is a list, not an object" };
  return firstKeyProblem("traits", Object.keys(row.traits));
}

const isStorableInstant = (at: Date): boolean => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999;

/**
 * The column of a row the store could not hold, or null: keys with text Postgres refuses or too long for an index, instants
 * outside the years 1 to 9999, amounts beyond MAX_AMOUNT. What properties and traits hold is not looked at.
 */
export function findUnstorableField(row: InboxRow): Unstorable | null {
  const problem =
    keyProblem("userId", row.userKey) ??
    keyProblem("anonymousId", row.anonymousKey) ??
    keyProblem("previousId", row.previousKey) ??
    keyProblem("channel", row.channel) ??
    externalProblem(row) ??
    traitsProblem(row);
  if (problem) return problem;
  if (!isStorableInstant(row.occurredAt) || !isStorableInstant(row.receivedAt))
    return { path: "timestamp", detail: "is outside the years 1 to 9999" };
  if (row.amount !== null && !(Number.isInteger(row.amount) && Math.abs(row.amount) <= MAX_AMOUNT))
    return { path: "amount", detail: `is no whole number of minor units up to ${MAX_AMOUNT}` };
  return null;
}

const written = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/**
 * What of a row the store could not hold, or null: a column, or NUL and lone surrogates somewhere in properties or traits.
 * Asked before a row is accepted, because one such row would fail the statement of its whole batch, in the inbox or later
 * in the drain. `json` are properties and traits as they are written, for callers that have them already.
 */
export function findUnstorable(
  row: InboxRow,
  json = { props: written(row.props), traits: written(row.traits) },
): Unstorable | null {
  const problem = findUnstorableField(row);
  if (problem) return problem;
  if (!isStorableJson(row.props, json.props)) return { path: "properties", detail: UNSTORABLE_TEXT };
  if (!isStorableJson(row.traits, json.traits)) return { path: "traits", detail: UNSTORABLE_TEXT };
  return null;
}
