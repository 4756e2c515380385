import { expect, test } from "vitest";
import { searchOfView, showsView } from "@/lib/views/view-address";

test.each([
  ["a preset stays relative", "from=2026-06-01&to=2026-06-30&trend=table", "30d", "range=30d&trend=table"],
  ["own days stay", "to=2026-06-30&from=2026-06-01", null, "from=2026-06-01&to=2026-06-30"],
  ["a page without days gets its preset", "", "mtd", "range=mtd"],
  ["a preset replaces another", "range=7d&compare=year", "90d", "compare=year&range=90d"],
  ["nothing asked is nothing kept", "", null, ""],
] as const)("%s", (_name, current, preset, wanted) => {
  expect(searchOfView(current, preset)).toBe(wanted);
});

test("the order of parameters does not matter", () => {
  expect(showsView("b=2&a=1", "a=1&b=2")).toBe(true);
  expect(showsView("a=1", "a=2")).toBe(false);
});
