import { refuse } from "./rejection";

/** Longest id and longest id type: together they still fit an index row of Postgres in four-byte characters. */
export const MAX_ID_LENGTH = 512;
const MAX_TYPE_LENGTH = 64;
const MAX_EXTERNAL_IDS = 20;

/** Texts that programs send when they have no id; accepting one would merge strangers into one customer. */
const genericIds = new Set([
  "",
  "-",
  "0",
  "-1",
  "00000000-0000-0000-0000-000000000000",
  "[object object]",
  "anonymous",
  "anonymous_id",
  "anonymousid",
  "distinct_id",
  "distinctid",
  "email",
  "false",
  "guest",
  "id",
  "infinity",
  "n/a",
  "nan",
  "nil",
  "none",
  "not_authenticated",
  "null",
  "true",
  "undefined",
  "unknown",
  "user",
  "user_id",
  "userid",
  "匿名",
  "游客",
  "未知",
]);

/** True for a placeholder such as `null`, `guest` or `[object Object]`, in any case and with quotes around it. */
export function isGenericId(id: string): boolean {
  return genericIds.has(
    id
      .trim()
      .replace(/^(["'])(.*)\1$/, "$2")
      .trim()
      .toLowerCase(),
  );
}

/**
 * A customer id as it is stored, byte for byte as sent: no case folding, no Unicode normalisation. Whole numbers become
 * text; absent (undefined, null, "") is null; anything else is refused.
 */
export function customerId(value: unknown, path: string): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "number" && !Number.isSafeInteger(value))
    refuse("bad_id", path, `${path} is not an exact whole number; send ids as text`);
  if (typeof value !== "string" && typeof value !== "number")
    refuse("bad_id", path, `${path} must be a text or a number`);
  const id = String(value);
  if (id.length > MAX_ID_LENGTH) refuse("bad_id", path, `${path} is longer than ${MAX_ID_LENGTH} characters`);
  if (isGenericId(id)) refuse("generic_id", path, `${path} is ${JSON.stringify(id)}, which names nobody`);
  return id;
}

/** Further known ids of a customer, `context.externalIds: [{ id, type }]`, as [type, id] pairs; null when there are none. */
export function externalKeys(value: unknown, path: string): [string, string][] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) refuse("bad_field", path, `${path} must be a list of { id, type }`);
  if (value.length > MAX_EXTERNAL_IDS)
    refuse("bad_field", path, `${path} has more than ${MAX_EXTERNAL_IDS} entries`);
  const keys = value.map((entry: unknown, index): [string, string] => {
    const at = `${path}[${index}]`;
    const { id, type } = (entry ?? {}) as { id?: unknown; type?: unknown };
    if (typeof type !== "string" || type.trim() === "" || type.length > MAX_TYPE_LENGTH)
      refuse("bad_field", `${at}.type`, `${at}.type must be a text of 1 to ${MAX_TYPE_LENGTH} characters`);
    if (type === "user" || type === "anonymous")
      refuse("bad_field", `${at}.type`, `${at}.type "${type}" is reserved: send userId or anonymousId`);
    const key = customerId(id, `${at}.id`);
    if (key === null) refuse("missing_id", `${at}.id`, `${at}.id is missing`);
    return [type, key];
  });
  return keys.length > 0 ? keys : null;
}
