import { z } from "zod";
import { day } from "@/lib/platform/day";
import type { Rule } from "@/lib/rules/schema";
import { ruleFromText } from "@/lib/rules/url-rule";
import { APPEARED, customersFilterFields, filterIsWhole } from "@/lib/stages/customers-filter";
import { type ListCursor, type ListSort, listColumns, listCursor, sortKeys } from "./list-schema";

/** A text of the address that is read by `read`; what it cannot read is an issue, not a fault. */
const textOf = <T>(read: (text: string) => T | null, error: string) =>
  z
    .string()
    .max(8192)
    .transform((text, ctx) => {
      const value = read(text);
      if (value !== null) return value;
      ctx.addIssue({ code: "custom", message: error });
      return z.NEVER;
    });

function readTags(text: string): number[] | null {
  const ids = text.split(",").map(Number);
  const fits = ids.length <= 50 && ids.every((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31);
  return fits ? [...new Set(ids)] : null;
}

function readSort(text: string): ListSort | null {
  const descending = text.startsWith("-");
  const key = descending ? text.slice(1) : text;
  return sortKeys.includes(key) ? { key, descending } : null;
}

function readColumns(text: string): string[] | null {
  const columns = text === "" ? [] : text.split(",");
  const fits = columns.every((one) => listColumns.includes(one)) && new Set(columns).size === columns.length;
  return fits ? columns : null;
}

/** Filters of the list by their name in the address. */
export const listFilterFields = {
  ...customersFilterFields,
  rule: textOf<Rule>(ruleFromText, "no readable rule").optional(),
  tag: textOf(readTags, "tag ids, separated by commas").optional(),
};

/** How the list is shown, by name in the address. */
export const listViewFields = {
  sort: textOf(readSort, "the name of a column, with a minus for descending").optional(),
  cols: textOf(readColumns, "names of columns, separated by commas").optional(),
};

const allFields = { ...listFilterFields, ...listViewFields };
const listParams = z.strictObject(allFields);
export type ListParams = z.infer<typeof listParams>;

/** What the client keeps in the address beside the list's own parameters. */
const OWN_TO_THE_PAGE = ["peek"];

/** Reads a page's search parameters: what is not readable is left out and named, never an error. */
export function readListParams(params: Record<string, string | string[] | undefined>): {
  list: ListParams;
  ignored: string[];
} {
  const list: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    if (OWN_TO_THE_PAGE.includes(name)) continue;
    // "constructor" and its like are found on every object, but are no parameters.
    const parsed = Object.hasOwn(allFields, name)
      ? allFields[name as keyof ListParams].safeParse(value)
      : null;
    if (parsed?.success) list[name] = parsed.data;
    else ignored.push(name);
  }
  if (!filterIsWhole(list as ListParams)) {
    ignored.push(...["since", "fromStage"].filter((name) => !ignored.includes(name)));
    delete list.since;
    delete list.fromStage;
  }
  return { list: list as ListParams, ignored: ignored.sort() };
}

/** The stage the log is asked for as of the earlier day: "" for who was not there yet. */
export const fromStageAsked = (fromStage: string | undefined): string | undefined =>
  fromStage === APPEARED ? "" : fromStage;

/** Whether a cursor can have come from a list sorted this way. */
function cursorFits({ key }: ListSort, [last]: ListCursor): boolean {
  if (key === "customer" || last === null) return true;
  if (key === "since" || key.endsWith("_on")) return day.safeParse(last).success;
  return typeof last === (key === "acquisition_channel" ? "string" : "number");
}

/** Where a page of the list continues, as the API writes it. */
export const cursorToText = (cursor: ListCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString("base64url");

/** The cursor of a text for this sort; null when it is none. */
export function cursorFromText(text: string, sort: ListSort): ListCursor | null {
  try {
    const parsed = listCursor.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return parsed.success && cursorFits(sort, parsed.data) ? parsed.data : null;
  } catch {
    return null;
  }
}
