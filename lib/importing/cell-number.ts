import { type Exact, exactDecimal } from "@/lib/intake/amount";
import { type Outcome, rejected } from "@/lib/intake/rejection";
import type { Mapping } from "./mapping";

const MARKS = /^([+-]?)\s*(?:[A-Z]{3}\s*|[¥￥$€£₩₹]\s*)?([+-]?)/;

/**
 * The exact number of a cell in the notation of the mapping. Grouping must be right (1,23 is no number in "1,234.56"), so a
 * file in the other notation is refused and not misread by a factor of a hundred.
 */
export function cellNumber(cell: string, notation: Mapping["numbers"], path: string): Outcome<Exact> {
  if (notation === "plain") return exactDecimal(cell, path);
  const text = cell.trim();
  const [, before, after] = MARKS.exec(text)!;
  const unsigned = text.replace(MARKS, "");
  const [group, point] = notation === "1,234.56" ? [",", "."] : [".", ","];
  const grouped = new RegExp(`^(?:\\d{1,3}(?:\\${group}\\d{3})+|\\d+)(?:\\${point}\\d+)?$`);
  if (!grouped.test(unsigned) || (before && after))
    return rejected(
      "bad_amount",
      path,
      `${path} must be a number like ${notation}, not ${JSON.stringify(text)}`,
    );
  const sign = before === "-" || after === "-" ? "-" : "";
  return exactDecimal(sign + unsigned.replaceAll(group, "").replace(point, "."), path);
}
