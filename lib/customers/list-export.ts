import type { Db } from "@/lib/platform/db";
import { type Locale, localName } from "@/lib/platform/i18n/locale";
import { currencyDecimals } from "@/lib/platform/money";
import { listCustomers } from "./list";
import type { ListQuestion } from "./list-asked";
import { type ColumnView, columnViews } from "./list-columns";
import { shownName } from "./list-covered";
import { defaultSort, type ListedCustomer } from "./list-schema";
import type { Tag } from "./tags-schema";

/** Customers a statement reads at a time: large enough that its price does not count, small enough for memory. */
const PAGE = 2_000;

type Cell = string | number | null;

export interface ListFile {
  question: ListQuestion;
  columns: readonly string[];
  tags: readonly Tag[];
  locale: Locale;
  currency: string;
  mayReveal: boolean;
}

/** The columns of the file, the customer's name first. */
function columnsOf({ columns, locale, currency }: ListFile): ColumnView[] {
  const all = new Map(columnViews(locale, currency).map((one) => [one.key, one]));
  return ["customer", ...columns].map((key) => all.get(key)!);
}

/** The heads of the file's columns in the reader's language, the unit of money included. */
export const fileHeader = (file: ListFile): string[] => columnsOf(file).map((one) => one.label);

/** One customer as cells: money in major units, a lifetime in days, tags by name. */
function cellsOf(
  row: ListedCustomer,
  columns: readonly ColumnView[],
  file: ListFile,
  stageNames: Map<string, string>,
): Cell[] {
  const digits = currencyDecimals(file.currency);
  return columns.map(({ key, type }): Cell => {
    if (type === "customer") return shownName(row.displayKey, file.mayReveal);
    if (type === "stage") return stageNames.get(row.stage) ?? row.stage;
    if (type === "since") return row.sinceOn;
    if (type === "lifetime") return row.lifetime?.days ?? null;
    if (type === "tags") {
      const names = file.tags.filter((tag) => row.tags.includes(tag.id)).map((tag) => tag.name);
      return names.join(file.locale === "en" ? ", " : "、");
    }
    const value = row.values[key] ?? null;
    const isMoney = type === "money" && typeof value === "number";
    return isMoney ? Number((value / 10 ** digits).toFixed(digits)) : value;
  });
}

/** The customers of these ids in this order, page by page, as lines of the file. */
export async function* filePages(db: Db, file: ListFile, ids: readonly number[]): AsyncGenerator<Cell[][]> {
  const { asked, endingStages, definition } = file.question;
  const columns = columnsOf(file);
  const stageNames = new Map(definition.stages.map((one) => [one.key, localName(one.name, file.locale)]));
  for (let at = 0; at < ids.length; at += PAGE) {
    const part = ids.slice(at, at + PAGE);
    const { customers } = await listCustomers(db, {
      ...asked,
      // The ids were chosen by the filter already: asking it again would cost its price once a page.
      stage: undefined,
      since: undefined,
      fromStage: undefined,
      tags: undefined,
      rule: undefined,
      ids: part,
      endingStages,
      columns: file.columns,
      sort: defaultSort,
      limit: part.length,
    });
    const rows = new Map(customers.map((row) => [row.customerId, row]));
    yield part.flatMap((id) => {
      const row = rows.get(id);
      return row ? [cellsOf(row, columns, file, stageNames)] : [];
    });
  }
}
