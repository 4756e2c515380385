import fc from "fast-check";
import { expect, test } from "vitest";
import { groupTimeline } from "@/lib/customers/timeline-groups";
import { addDays, type Day, parseDay } from "@/lib/platform/day";

const FIRST = parseDay("2026-03-01");
const instant = (day: Day, minute: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000).toISOString();
const moment = fc.record({ offset: fc.nat({ max: 4 }), minute: fc.nat({ max: 3 }) });
const events = fc
  .array(fc.record({ at: moment, kind: fc.constantFrom("view", "cart", "order"), id: fc.uuid() }), {
    maxLength: 30,
  })
  .map((all) =>
    all
      .map(({ at, kind, id }) => {
        const day = addDays(FIRST, at.offset);
        return { day, occurredAt: instant(day, at.minute), kind, id, amount: kind === "order" ? 100 : null };
      })
      .sort((a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt)),
  );
const transitions = fc.array(moment, { maxLength: 5 }).map((all) =>
  all.map(({ offset, minute }, seq) => {
    const day = addDays(FIRST, offset);
    return { day, at: instant(day, minute), seq };
  }),
);

test("everything is told once, in its order, on its day", () => {
  fc.assert(
    fc.property(events, transitions, fc.boolean(), (all, moves, complete) => {
      const days = groupTimeline(all, moves, complete);
      const entries = days.flatMap((day) => day.entries.map((entry) => ({ ...entry, day: day.day })));
      const told = entries.flatMap((entry) =>
        entry.type === "event" ? [entry.event] : entry.type === "run" ? entry.events : [],
      );
      expect(told).toEqual(all);
      for (const one of told) expect(entries.some((entry) => entry.day === one.day)).toBe(true);
      expect(days.map((one) => one.day)).toEqual([...new Set(days.map((one) => one.day))].sort().reverse());
      const oldest = all.at(-1)?.occurredAt;
      const due = moves.filter((one) => complete || (oldest !== undefined && one.at >= oldest));
      expect(entries.filter((entry) => entry.type === "transition")).toHaveLength(due.length);
      const times = entries.flatMap((entry) =>
        entry.type === "transition"
          ? [Date.parse(entry.transition.at)]
          : (entry.type === "run" ? entry.events : [entry.event]).map((one) => Date.parse(one.occurredAt)),
      );
      expect(times).toEqual([...times].sort((a, b) => b - a));
    }),
  );
});

test("runs are three or more of one kind without money, and as long as they can be", () => {
  fc.assert(
    fc.property(events, transitions, (all, moves) => {
      for (const { entries } of groupTimeline(all, moves, true)) {
        entries.forEach((entry, i) => {
          if (entry.type !== "run") return;
          expect(entry.events.length).toBeGreaterThanOrEqual(3);
          expect(entry.events.every((one) => one.kind === entry.kind && one.amount === null)).toBe(true);
          const next = entries[i + 1];
          if (next && next.type !== "transition")
            expect(next.type === "run" ? next.kind : next.event.kind).not.toBe(entry.kind);
        });
      }
    }),
  );
});
