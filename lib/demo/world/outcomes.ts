import { channels } from "./channels";
import { atOrder, truth } from "./parameters";
import { stream } from "./random";
import type { Shop } from "./shop";

/** What becomes of a shop: decided for all shops at once, so that the planted rates hold in every world, not only on average. */
export interface Outcome {
  /** A first order on days [0, 30) after sign-up. */
  ordersInFirstMonth: boolean;
  /** An order on days [30, 60): the repurchase that follows decide. */
  ordersInSecondMonth: boolean;
  /** Orders before the shop falls silent; 0 = never orders. */
  orders: number;
}

/** Nobody is planned beyond this; the 400 days end long before. */
const MOST_ORDERS = 80;

/** Share of shops without an order in two months that begin later. */
const LATE_STARTERS = { sound: 0.3, cheap: 0.04 };

/** `count` uniform numbers that cover [0, 1) evenly, in random order: dealt cards instead of rolled dice. */
function dealt(count: number, seed: number, ...name: string[]): number[] {
  const random = stream(seed, "deal", ...name);
  const offset = random.next();
  return random.shuffled(Array.from({ length: count }, (_, i) => (i + offset) / count));
}

/** The number of orders at quantile `u` of the loyalty curve, at least one. */
function ordersAt(u: number): number {
  let beyond = 1;
  for (let n = 1; n < MOST_ORDERS; n++) {
    beyond *= atOrder(truth.loyalty.nextOrder, n);
    if (u >= beyond) return n;
  }
  return MOST_ORDERS;
}

/** Marks the shops for which a card is below `p`. */
function deal(shops: readonly Shop[], p: (shop: Shop) => number, seed: number, name: string): Set<number> {
  const cards = dealt(shops.length, seed, name);
  return new Set(shops.filter((shop, i) => (cards[i] as number) < p(shop)).map((shop) => shop.index));
}

/** Who tends to stay: larger shops more, cheap traffic less, those who ordered again in the second month most. */
function stickiness(shop: Shop, again: boolean, seed: number): number {
  const size = { small: 0, medium: 0.3, large: 0.7 }[shop.size];
  const traffic = channels[shop.channel].cheap ? -2 : 0;
  return size + traffic + (again ? 1.5 : 0) + stream(seed, "stickiness", shop.index).normal();
}

/**
 * Deals the planned numbers of orders to shops that order in their first month: everyone who orders again in the second month
 * gets two at least, the rest by stickiness. The numbers as a whole follow the loyalty curve exactly.
 */
function dealOrders(buyers: readonly Shop[], again: Set<number>, seed: number): Map<number, number> {
  const numbers = dealt(buyers.length, seed, "orders")
    .map(ordersAt)
    .sort((a, b) => b - a);
  const ranked = buyers
    .map((shop) => ({ index: shop.index, rank: stickiness(shop, again.has(shop.index), seed) }))
    .sort((a, b) => b.rank - a.rank || a.index - b.index);
  const severals = numbers.filter((n) => n > 1).length;
  const must = ranked.filter((shop) => again.has(shop.index));
  const may = ranked.filter((shop) => !again.has(shop.index));
  const several = [...must, ...may.slice(0, Math.max(0, severals - must.length))];
  const chosen = new Set(several.map((shop) => shop.index));
  const order = [...ranked.filter((s) => chosen.has(s.index)), ...ranked.filter((s) => !chosen.has(s.index))];
  return new Map(
    order.map((shop, i) => [shop.index, Math.max(numbers[i] as number, again.has(shop.index) ? 2 : 1)]),
  );
}

/** The outcome of every shop, in the order of `shops`. */
export function decideOutcomes(shops: readonly Shop[], seed: number): Outcome[] {
  const first = deal(shops, (shop) => channels[shop.channel].firstOrder, seed, "first month");
  const second = new Set<number>();
  for (const band of truth.follows.bands)
    for (const buys of [true, false]) {
      const inBand = shops.filter(
        (shop) => shop.follows >= band.from && shop.follows < band.to && first.has(shop.index) === buys,
      );
      for (const index of deal(inBand, () => band.nextMonth, seed, `second month ${band.from} ${buys}`))
        second.add(index);
    }
  const buyers = shops.filter((shop) => first.has(shop.index));
  const others = shops.filter((shop) => !first.has(shop.index));
  const late = (shop: Shop) => LATE_STARTERS[channels[shop.channel].cheap ? "cheap" : "sound"];
  const starters = deal(others, (shop) => (second.has(shop.index) ? 1 : late(shop)), seed, "late start");
  const orders = dealOrders(buyers, second, seed);
  const cards = dealt(others.length, seed, "orders of others");
  others.forEach((shop, i) => {
    if (starters.has(shop.index)) orders.set(shop.index, ordersAt(cards[i] as number));
  });
  return shops.map((shop) => ({
    ordersInFirstMonth: first.has(shop.index),
    ordersInSecondMonth: second.has(shop.index),
    orders: orders.get(shop.index) ?? 0,
  }));
}
