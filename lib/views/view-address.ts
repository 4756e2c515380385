import type { RangePreset } from "@/lib/platform/http/day-range";

/**
 * The query a view keeps of an address: with a preset its days are left out, so that "last 30 days" stays the last 30 days;
 * without one it stays on the days it has.
 */
export function searchOfView(current: string, preset: RangePreset | null): string {
  const params = new URLSearchParams(current);
  if (preset) {
    params.delete("from");
    params.delete("to");
    params.set("range", preset);
  }
  params.sort();
  return params.toString();
}

/** Whether an address shows just what a view keeps, whatever the order of its parameters. */
export function showsView(current: string, search: string): boolean {
  return searchOfView(current, null) === searchOfView(search, null);
}
