import { type Day, day } from "@/lib/platform/day";
import { type DayRange, resolveRange } from "@/lib/platform/http/day-range";

/** The period a board address asks for; a date that cannot be read is left out and said so. */
export function readBoardParams(
  params: Record<string, string | string[] | undefined>,
  today: Day,
): { range: DayRange; ignored: boolean } {
  const read = (name: string) => day.safeParse(params[name]).data ?? null;
  const asked = { from: read("from"), to: read("to") };
  const ignored = (["from", "to"] as const).some(
    (name) => params[name] !== undefined && asked[name] === null,
  );
  return { range: resolveRange(asked, today), ignored };
}
