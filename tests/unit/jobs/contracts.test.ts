import { expect, test } from "vitest";
import { jobContracts, jobKey, parsePayload, queueNames } from "@/lib/jobs/contracts";
import { redisObjection } from "@/lib/jobs/redis";

test("every job names a queue that exists", () => {
  for (const { queue } of Object.values(jobContracts)) expect(queueNames).toContain(queue);
});

const slotAt = "2026-11-20T02:15:00.000Z";

test.each([
  { name: "drain", payload: { workspaceId: 0 } },
  { name: "drain", payload: { workspaceId: "1" } },
  { name: "drain", payload: {} },
  { name: "recompute-full", payload: { workspaceId: 1 } },
  { name: "recompute-full", payload: { workspaceId: 1, slotAt: "tonight" } },
] as const)("$name refuses $payload", ({ name, payload }) => {
  expect(() => parsePayload(name, payload)).toThrow();
});

test("a payload field of a newer version is dropped, not refused", () => {
  expect(parsePayload("drain", { workspaceId: 1, added: true })).toEqual({ workspaceId: 1 });
});

test("equal work has one key, other work another", () => {
  const keys = [
    jobKey("drain", { workspaceId: 1 }),
    jobKey("drain", { workspaceId: 11 }),
    jobKey("recompute-incremental", { workspaceId: 1 }),
    jobKey("recompute-full", { workspaceId: 1, slotAt }),
    jobKey("recompute-full", { workspaceId: 1, slotAt: "2026-11-21T02:15:00.000Z" }),
    jobKey("check-invariants", { workspaceId: 1, slotAt }),
    jobKey("reconcile", {}),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(jobKey("drain", { workspaceId: 1 })).toBe(keys[0]);
});

const sound = { version: "7.0.15", maxmemoryPolicy: "noeviction", appendOnly: "yes" };

test.each([
  { name: "a sound one", facts: sound, says: null },
  {
    name: "one that does not show its settings",
    facts: { version: "7.2.4", maxmemoryPolicy: null, appendOnly: null },
    says: null,
  },
  { name: "6.2, the oldest that will do", facts: { ...sound, version: "6.2.0" }, says: null },
  { name: "an old one", facts: { ...sound, version: "6.0.16" }, says: "6.2" },
  { name: "one that evicts", facts: { ...sound, maxmemoryPolicy: "allkeys-lru" }, says: "noeviction" },
  { name: "one that forgets", facts: { ...sound, appendOnly: "no" }, says: "appendonly yes" },
])("Redis: $name", ({ facts, says }) => {
  const objection = redisObjection(facts);
  if (says === null) expect(objection).toBeNull();
  else expect(objection).toContain(says);
});
