import { ruleToText } from "@/lib/rules/url-text";
import type { ListParams } from "./list-params";
import { defaultColumns, defaultSort, type ListSort } from "./list-schema";

const sortText = ({ key, descending }: ListSort): string => `${descending ? "-" : ""}${key}`;

/** The search string of a list, as its links write it; what is the default is left out. */
export function listSearch(list: ListParams): string {
  const params = new URLSearchParams();
  const set = (name: keyof ListParams, value: string | undefined) => {
    if (value !== undefined) params.set(name, value);
  };
  for (const name of ["stage", "asOf", "since", "fromStage"] as const) set(name, list[name]);
  set("rule", list.rule && ruleToText(list.rule));
  set("tag", list.tag?.length ? list.tag.join(",") : undefined);
  const sort = list.sort && sortText(list.sort);
  set("sort", sort === sortText(defaultSort) ? undefined : sort);
  const columns = list.cols?.join(",");
  set("cols", columns === defaultColumns.join(",") ? undefined : columns);
  return params.toString();
}

/** The query that shows the list as it comes: not empty, since an empty one opens the reader's starred view. */
export const standardSearch = `sort=${sortText(defaultSort)}`;

/** The address of a list in the console. */
export const listHref = (slug: string, list: ListParams): string =>
  `/w/${slug}/customers?${listSearch(list) || standardSearch}`;

/** The filter of a list as the API's bodies take it. */
export const filterBody = ({
  sort: _sort,
  cols: _cols,
  ...filter
}: ListParams): Omit<ListParams, "sort" | "cols"> => filter;
