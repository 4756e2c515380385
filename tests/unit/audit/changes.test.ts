import { expect, test } from "vitest";
import { changesOf } from "@/components/audit/changes";
import { auditFilterOf, auditQuery, auditSearch } from "@/lib/audit/filter";

test("a deed shows the fields that changed, each as it was and as it is", () => {
  const before = { role: "operator", name: "梅", limits: { a: 1 } };
  const after = { role: "manager", name: "梅", limits: { a: 2 }, note: "" };
  expect(changesOf({ before, after })).toEqual([
    { field: "limits", before: '{"a":1}', after: '{"a":2}' },
    { field: "note", before: null, after: "" },
    { field: "role", before: "operator", after: "manager" },
  ]);
  expect(changesOf({ before: null, after: null })).toEqual([]);
});

test("an address is its filter and back; what cannot be read is left out", () => {
  const search = auditSearch.parse({
    action: "source.created",
    from: "2026-02-30",
    to: "2026-03-01",
    before: "x",
  });
  expect(auditQuery(search)).toBe("action=source.created&to=2026-03-01");
  expect(auditSearch.parse(Object.fromEntries(new URLSearchParams(auditQuery(search))))).toEqual(search);
});

test("days are those of the workspace, both included", () => {
  const { from, to } = auditFilterOf(
    auditSearch.parse({ from: "2026-03-01", to: "2026-03-01" }),
    "Asia/Shanghai",
  );
  expect([from, to]).toEqual([new Date("2026-02-28T16:00:00Z"), new Date("2026-03-01T16:00:00Z")]);
});
