import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findMetric } from "@/lib/metrics/catalogue";
import type { History, HistoryEvent } from "@/lib/metrics/history";
import { addDays, type Day } from "@/lib/platform/day";
import { classifyStage } from "@/lib/stages/classify-stage";
import { lifecycleModel } from "@/lib/stages/default-model";
import { stageModelDefinition } from "@/lib/stages/schema";

const model = lifecycleModel();
const FIRST = "2026-01-01" as Day;

/** A customer who ordered `amount` on the given days after FIRST. */
function buyer(days: number[], amount = 30_000): History {
  const events: HistoryEvent[] = days.map((offset) => {
    const day = addDays(FIRST, offset);
    return { kind: "order", day, at: new Date(`${day}T04:00:00Z`), amount };
  });
  return { events, traits: [], seen: events.map((e) => e.day) };
}

const stageOn = (history: History, offset: number): string =>
  classifyStage(model, (ref) =>
    findMetric(ref.metric)!.oracle(history, ref.params ?? {}, addDays(FIRST, offset)),
  );

test("the default model is a valid model of six stages", () => {
  const parsed = stageModelDefinition.parse(JSON.parse(JSON.stringify(model)));
  expect(parsed.stages.map((s) => s.name.zh)).toEqual([
    "体验期",
    "成长期",
    "稳定期",
    "成熟期",
    "衰退期",
    "流失期",
  ]);
});

describe("the way up: missing any condition of the next stage keeps a customer in the one before (R024)", () => {
  const every = (n: number, gap: number) => Array.from({ length: n }, (_, i) => i * gap);
  const cases: [string, History, number, string][] = [
    ["one order", buyer([0]), 1, "trial"],
    ["two orders", buyer([0, 10]), 11, "growth"],
    ["five orders, enough money, own rhythm of 10 days", buyer(every(5, 10)), 41, "stable"],
    ["four orders: one short of stable", buyer(every(4, 10), 100_000), 31, "growth"],
    ["five orders, one cent short of stable", buyer(every(5, 10), 9_999), 41, "growth"],
    ["five orders, exactly the amount", buyer(every(5, 10), 10_000), 41, "stable"],
    ["five orders, rhythm of exactly 60 days", buyer(every(5, 60)), 241, "stable"],
    ["five orders, rhythm of 61 days", buyer(every(5, 61)), 245, "growth"],
    ["ten orders, all conditions", buyer(every(10, 10)), 91, "mature"],
    ["ten orders, rhythm of 31 days", buyer(every(10, 31)), 280, "stable"],
    ["ten orders, money short of mature", buyer(every(10, 10), 19_999), 91, "stable"],
  ];
  test.each(cases)("%s", (_name, history, offset, stage) => {
    expect(stageOn(history, offset)).toBe(stage);
  });
});

describe("the way down: the own rhythm, and fixed days for few orders (R090)", () => {
  const cases: [string, History, number, string][] = [
    ["rhythm of 20 days, silent for 30", buyer([0, 20, 40]), 70, "growth"],
    ["rhythm of 20 days, silent for 31: alarm on day 31", buyer([0, 20, 40]), 71, "decline"],
    ["… not only on day 46", buyer([0, 20, 40]), 85, "decline"],
    ["… silent for three times the rhythm", buyer([0, 20, 40]), 100, "decline"],
    ["… and a day more", buyer([0, 20, 40]), 101, "churned"],
    ["two orders: no rhythm yet, 45 days", buyer([0, 20]), 65, "growth"],
    ["two orders, silent for 46 days", buyer([0, 20]), 66, "decline"],
    ["two orders, silent for 91 days", buyer([0, 20]), 111, "churned"],
    ["three orders on one day are no rhythm", buyer([0, 0, 0]), 45, "growth"],
    ["… they fall under the fixed days", buyer([0, 0, 0]), 46, "decline"],
    ["back after churn", buyer([0, 20, 40, 200]), 200, "growth"],
  ];
  test.each(cases)("%s", (_name, history, offset, stage) => {
    expect(stageOn(history, offset)).toBe(stage);
  });

  test("a customer without orders has a stage too", () => {
    const viewer: History = {
      events: [{ kind: "view", day: FIRST, at: new Date(`${FIRST}T04:00:00Z`), amount: null }],
      traits: [],
      seen: [FIRST],
    };
    const known: History = { events: [], traits: [], seen: [FIRST] };
    for (const history of [viewer, known]) {
      expect([0, 45, 46, 90, 91].map((offset) => stageOn(history, offset))).toEqual([
        "trial",
        "trial",
        "decline",
        "decline",
        "churned",
      ]);
    }
  });
});

test("whatever a customer did, exactly one decision tree leaf applies and silence only ever moves down (R028, R030)", () => {
  const down = ["decline", "churned"];
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 90_000 }),
      (days, amount) => {
        const history = buyer(
          days.sort((a, b) => a - b),
          amount,
        );
        const last = days.at(-1)!;
        let reached = -1;
        for (let offset = last; offset < last + 620; offset += 4) {
          const stage = stageOn(history, offset);
          expect(model.stages.map((s) => s.key)).toContain(stage);
          const depth = down.indexOf(stage);
          expect(depth).toBeGreaterThanOrEqual(reached);
          reached = depth;
        }
        // Gaps are at most 200 days, so three of them have passed.
        expect(reached).toBe(1);
      },
    ),
    { numRuns: 15 },
  );
});
