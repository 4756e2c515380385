import fc from "fast-check";
import { expect, test } from "vitest";
import { endsWithin, type SpanCount, survivalOf } from "@/lib/stages/survival";

const observed = fc.array(fc.record({ days: fc.nat({ max: 30 }), ended: fc.boolean() }), {
  minLength: 1,
  maxLength: 60,
  size: "max",
});

function counted(all: readonly { days: number; ended: boolean }[]): SpanCount[] {
  const days = [...new Set(all.map((one) => one.days))].sort((a, b) => a - b);
  return days.map((d) => {
    const of = all.filter((one) => one.days === d);
    const ended = of.filter((one) => one.ended).length;
    return { days: d, ended, open: of.length - ended };
  });
}

test("is the product over days of the share that did not end among those still waiting", () => {
  fc.assert(
    fc.property(observed, fc.nat({ max: 40 }), (all, until) => {
      let naive = 1;
      for (let day = 0; day <= until; day++) {
        const waiting = all.filter((one) => one.days >= day).length;
        const ended = all.filter((one) => one.days === day && one.ended).length;
        if (waiting > 0) naive *= 1 - ended / waiting;
      }
      const { share, atRisk } = survivalOf(counted(all))(until);
      expect(share).toBeCloseTo(naive, 10);
      expect(atRisk).toBe(all.filter((one) => one.days > until).length);
    }),
  );
});

test("without open spans the chance is the plain share", () => {
  fc.assert(
    fc.property(observed, fc.nat({ max: 30 }), fc.integer({ min: 1, max: 20 }), (all, day, within) => {
      const ended = all.map((one) => ({ ...one, ended: true }));
      const longer = ended.filter((one) => one.days > day);
      const plain = longer.length
        ? longer.filter((one) => one.days <= day + within).length / longer.length
        : null;
      const chance = endsWithin(counted(ended), { day, within });
      if (plain === null) expect(chance).toBeNull();
      else expect(chance).toBeCloseTo(plain, 10);
    }),
  );
});
