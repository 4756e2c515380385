import { describe, expect, it } from "vitest";
import { cheapChannels } from "@/lib/demo/world/channels";
import { GROSS_MARGIN, truth } from "@/lib/demo/world/parameters";
import { imagineWorld, worldSpend } from "@/lib/demo/world/world";
import { knee, mean, median, type Observed, observe } from "./observed";

const POINTS = 0.03;
const share = <T>(items: readonly T[], has: (item: T) => boolean) =>
  mean(items.map((item) => (has(item) ? 1 : 0)));
const ordersWithin = (shop: Observed, from: number, to: number) =>
  shop.orders.filter((o) => o.on >= shop.signUpOn + from && o.on < shop.signUpOn + to).length;

// What the planner dealt is not looked at: every number here is counted from events, the way an analyst would.
describe.each([1, 7])("world %i gives its truths back from its events alone", (seed) => {
  const world = imagineWorld({ seed });
  const { days } = world.frame;
  const shops = observe(world);

  it("one customer per owner, second accounts resolved", () => {
    expect(shops).toHaveLength(5000);
  });

  describe("loyalty settles at the fifth order", () => {
    const HORIZON = 75;
    const byOrder = Array.from({ length: 12 }, (_, i) => {
      const placed = shops.filter((shop) => shop.orders[i]);
      const seen = placed.filter((shop) => shop.orders[i]!.on < days - HORIZON);
      const waits = seen.flatMap((shop) => {
        const next = shop.orders[i + 1];
        return next && next.on - shop.orders[i]!.on <= HORIZON ? [next.on - shop.orders[i]!.on] : [];
      });
      return {
        next: waits.length / seen.length,
        amount: mean(placed.map((shop) => shop.orders[i]!.amount)),
        wait: median(waits),
      };
    });

    it.each(["next", "amount", "wait"] as const)("by %s", (dimension) => {
      const found = knee(byOrder.map((n) => n[dimension]));
      expect(found).toBeGreaterThanOrEqual(truth.loyalty.knee - 1);
      expect(found).toBeLessThanOrEqual(truth.loyalty.knee + 1);
    });

    it("the chance of a next order is the one documented", () => {
      for (const [i, p] of truth.loyalty.nextOrder.entries())
        expect(Math.abs(byOrder[i]!.next - p), `order ${i + 1}`).toBeLessThan(0.05);
    });
  });

  describe.each(["all who signed up", "buyers of the first month"])("stalls followed: %s", (who) => {
    const base = shops.filter(
      (shop) => shop.signUpOn <= days - 60 && (who === "all who signed up" || ordersWithin(shop, 0, 30) > 0),
    );
    const followed = (shop: Observed) => shop.followedOn.filter((on) => on < shop.signUpOn + 30).length;

    it.each(truth.follows.bands)("$from and more: repurchase in the next month is $nextMonth", (band) => {
      const cell = base.filter((shop) => followed(shop) >= band.from && followed(shop) < band.to);
      expect(Math.abs(share(cell, (shop) => ordersWithin(shop, 30, 60) > 0) - band.nextMonth)).toBeLessThan(
        POINTS,
      );
    });

    it("beyond ten stalls nothing is gained", () => {
      const low = base.filter((shop) => followed(shop) >= 10 && followed(shop) <= 12);
      const high = base.filter((shop) => followed(shop) > 12);
      const again = (cell: Observed[]) => share(cell, (shop) => ordersWithin(shop, 30, 60) > 0);
      const error = Math.sqrt(0.25 / low.length + 0.25 / high.length);
      expect(Math.abs(again(high) - again(low))).toBeLessThan(2.5 * error);
    });
  });

  it("two channels are bad: cheap, quick to a first order, gone in a week, and last by revenue in 90 days", () => {
    const spent = new Map<string, number>();
    for (const day of worldSpend({ seed }))
      spent.set(day.channel, (spent.get(day.channel) ?? 0) + day.amount);
    const names = [...new Set(shops.map((shop) => shop.channel))];
    const channels = names.map((name) => {
      const all = shops.filter((shop) => shop.channel === name);
      const mature = all.filter((shop) => shop.signUpOn <= days - 90);
      const revenue = (shop: Observed) =>
        shop.money.filter((m) => m.on < shop.signUpOn + 90).reduce((sum, m) => sum + m.amount, 0);
      const weekTwo = (shop: Observed) =>
        [7, 8, 9, 10, 11, 12, 13].some((age) => shop.activeOn.has(shop.signUpOn + age));
      return {
        name,
        value: mean(mature.map(revenue)),
        firstOrderInWeek: share(mature, (shop) => ordersWithin(shop, 0, 7) > 0),
        backInWeekTwo: share(mature, weekTwo),
        costPerSignUp: (spent.get(name) ?? 0) / all.length,
      };
    });
    const ranked = [...channels].sort((a, b) => a.value - b.value);
    const [bad, sound] = [ranked.slice(0, 2), ranked.slice(2)];
    expect(bad.map((c) => c.name).sort()).toEqual([...cheapChannels].sort());
    const paid = sound.filter((c) => c.costPerSignUp > 0);
    for (const cheap of bad) {
      expect(cheap.value).toBeLessThan(0.3 * Math.min(...sound.map((c) => c.value)));
      expect(cheap.costPerSignUp).toBeLessThan(Math.min(...paid.map((c) => c.costPerSignUp)));
      expect(cheap.firstOrderInWeek).toBeGreaterThan(Math.max(...sound.map((c) => c.firstOrderInWeek)));
      expect(cheap.backInWeekTwo).toBeLessThan(0.25);
      expect((cheap.value * GROSS_MARGIN) / cheap.costPerSignUp).toBeLessThan(1.5);
    }
    for (const channel of paid)
      expect((channel.value * GROSS_MARGIN) / channel.costPerSignUp, channel.name).toBeGreaterThan(2.2);
    for (const channel of sound) expect(channel.backInWeekTwo).toBeGreaterThan(0.7);
  });

  it("a shop's own orders, searches and views tell what it is sensitive to", () => {
    const hidden = new Map(world.lives.map(({ shop }) => [shop.key, shop.sensitivity]));
    const { couponOrders, serviceSearches, newArrivalViews } = truth.sensitivity;
    const between = (value: number, low: number, high: number) => (value - low) / (high - low);
    const known = shops.filter((shop) => shop.orders.length >= 5);
    const agrees = share(known, (shop) => {
      const service = share(shop.queries, (query) => /退换|客服|售后|发货/.test(query));
      const scores = {
        price: between(
          share(shop.orders, (o) => o.coupon),
          couponOrders.others,
          couponOrders.price,
        ),
        service: between(service, serviceSearches.others, serviceSearches.service),
        goods: between(shop.newArrivalViews / shop.views, newArrivalViews.others, newArrivalViews.goods),
        none: 0.5,
      };
      const [best] = Object.entries(scores).sort((a, b) => b[1] - a[1]);
      return best?.[0] === hidden.get(shop.key);
    });
    expect(known.length).toBeGreaterThan(400);
    expect(agrees).toBeGreaterThan(0.9);
    const complaintRate = (type: string) => {
      const those = shops.filter((shop) => hidden.get(shop.key) === type);
      return (
        those.reduce((sum, shop) => sum + shop.complaints, 0) /
        those.reduce((sum, shop) => sum + shop.orders.length, 0)
      );
    };
    expect(complaintRate("service")).toBeGreaterThan(5 * complaintRate("price"));
  });

  describe("before loyal shops leave", () => {
    const weeks = (shop: Observed, end: number, what: "logins" | "views") =>
      [0, 1, 2, 3].map((week) => {
        let count = 0;
        for (let on = end - 7 * (week + 1); on < end - 7 * week; on++)
          count += shop.days.get(on)?.[what] ?? 0;
        return count;
      });
    const swing = (values: number[]) => {
      const m = mean(values);
      return Math.sqrt(mean(values.map((v) => (v - m) ** 2))) / m;
    };
    const measured = shops
      .filter((shop) => shop.orders.length >= 8)
      .map((shop) => {
        const end = Math.max(...shop.activeOn) + 1;
        const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
        return {
          end,
          swing: swing(weeks(shop, end, "views")) / swing(weeks(shop, end - 28, "views")),
          logins: sum(weeks(shop, end, "logins")) / sum(weeks(shop, end - 28, "logins")),
        };
      })
      .filter((shop) => Number.isFinite(shop.swing) && Number.isFinite(shop.logins));
    const left = measured.filter((shop) => shop.end < days - 30);
    const stayed = measured.filter((shop) => shop.end >= days - 3);

    it("clicks swing in the last four weeks, and do not for those who stay", () => {
      expect(left.length).toBeGreaterThan(80);
      expect(median(left.map((shop) => shop.swing))).toBeGreaterThan(1.5);
      expect(median(stayed.map((shop) => shop.swing))).toBeLessThan(1.3);
    });

    it("logins are as ever", () => {
      expect(Math.abs(median(left.map((shop) => shop.logins)) - 1)).toBeLessThan(0.12);
    });
  });

  it("every loyal shop keeps its own rhythm", () => {
    const hidden = new Map(world.lives.map(({ shop }) => [shop.key, shop.rhythmDays]));
    const ratios = shops
      .filter((shop) => shop.orders.length >= 12)
      .map((shop) => {
        const waits = shop.orders.slice(5).map((order, i) => order.on - shop.orders[i + 4]!.on);
        return median(waits) / hidden.get(shop.key)!;
      });
    expect(Math.abs(median(ratios) - 1)).toBeLessThan(0.12);
    expect(share(ratios, (ratio) => ratio > 0.6 && ratio < 1.6)).toBeGreaterThan(0.9);
  });

  it("those who came back stay when they order five times in 30 days", () => {
    const returns = shops.flatMap((shop) => {
      const back = shop.orders.findIndex((o, i) => i > 0 && o.on - shop.orders[i - 1]!.on >= 80);
      const on = shop.orders[back]?.on;
      if (on === undefined || on > days - 90) return [];
      return [
        {
          five: shop.orders.filter((o) => o.on >= on && o.on <= on + 30).length >= 5,
          later: shop.orders.some((o) => o.on > on + 30 && o.on <= on + 90),
        },
      ];
    });
    const five = returns.filter((r) => r.five);
    const fewer = returns.filter((r) => !r.five);
    expect(five.length).toBeGreaterThan(12);
    expect(share(five, (r) => r.later)).toBeGreaterThan(0.7);
    expect(share(fewer, (r) => r.later)).toBeLessThan(0.4);
  });
});
