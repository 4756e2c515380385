import { KIND } from "@/lib/intake/kinds";
import {
  DAY_MINUTES,
  type Deed,
  ITEMS_PER_STALL,
  type Life,
  STALLS,
  skuName,
  stallName,
  visitStart,
} from "./deed";
import { truth } from "./parameters";
import { type Random, stream } from "./random";
import type { Spell } from "./spells";

/** Deeds of a visit, a login day, as multiples of views or on their own. */
const RATES = { carts: 0.28, favourites: 0.12, likes: 0.12, comments: 0.03, shares: 0.02, searches: 0.3 };
/** Stalls followed on a later visit, after the first month. */
const LATER_FOLLOWS = 0.02;
const EXIT_SEARCHES = 0.05;

const QUERIES = {
  plain: ["连衣裙", "T恤", "牛仔裤", "童装套装", "帆布鞋", "四件套", "衬衫", "外套"],
  price: ["特价", "清仓", "满减", "一件代发 低价"],
  service: ["退换货", "联系客服", "售后", "发货慢"],
  goods: ["新款", "今日上新", "爆款", "秋季新品"],
  exit: ["注销账号", "导出订单"],
} as const;

/** How much more or less a shop clicks on that day: 1, or many and few in turn by week once it is about to leave. */
export function clickFactor(spell: Spell, on: number, startsHigh: boolean): number {
  if (spell.swingsFrom === null || on < spell.swingsFrom) return 1;
  const { high, low, weekDays } = truth.beforeChurn;
  const week = Math.floor((on - spell.swingsFrom) / weekDays);
  return (week % 2 === 0) === startsHigh ? high : low;
}

function query(random: Random, life: Life, leaving: boolean): string {
  const { serviceSearches } = truth.sensitivity;
  const { sensitivity } = life.shop;
  if (leaving && random.chance(EXIT_SEARCHES)) return random.pick(QUERIES.exit);
  if (random.chance(sensitivity === "service" ? serviceSearches.service : serviceSearches.others))
    return random.pick(QUERIES.service);
  if (random.chance(sensitivity === "price" ? 0.35 : 0.06)) return random.pick(QUERIES.price);
  if (random.chance(sensitivity === "goods" ? 0.35 : 0.06)) return random.pick(QUERIES.goods);
  return random.pick(QUERIES.plain);
}

/** Days of the first month on which the shop follows stalls: any days of its spells. */
function followDays(random: Random, life: Life): number[] {
  const { shop, spells, frame } = life;
  const until = Math.min(shop.signUpOn + truth.follows.firstMonthDays, frame.days);
  const days: number[] = [];
  for (const spell of spells) for (let on = spell.from; on < Math.min(spell.to, until); on++) days.push(on);
  return Array.from({ length: shop.follows }, () => random.pick(days));
}

/** Visits of every spell: a login, what was looked at, put aside, searched and followed. Orders are elsewhere. */
export function visitDeeds(life: Life): Deed[] {
  const { shop, frame } = life;
  const random = stream(frame.seed, "visits", shop.index);
  const following = stream(frame.seed, "follow days", shop.index);
  const follows = new Map<number, number>();
  for (const on of followDays(following, life)) follows.set(on, (follows.get(on) ?? 0) + 1);
  const orderDays = new Set(life.orders.map((order) => order.on));
  const stalls = stream(frame.seed, "stalls", shop.index).shuffled(
    Array.from({ length: STALLS }, (_, i) => i + 1),
  );
  const newArrivals =
    shop.sensitivity === "goods"
      ? truth.sensitivity.newArrivalViews.goods
      : truth.sensitivity.newArrivalViews.others;
  const startsHigh = random.chance(0.5);
  const deeds: Deed[] = [];

  for (const spell of life.spells)
    for (let on = spell.from; on < Math.min(spell.to, frame.days); on++) {
      const follow = follows.get(on) ?? 0;
      if (!random.chance(shop.loginRate) && follow === 0 && !orderDays.has(on)) continue;
      const factor = clickFactor(spell, on, startsHigh);
      let minute = visitStart(random, life, on);
      const add = (kind: number, props: Record<string, unknown>) => {
        deeds.push({ minute, kind, props });
        // A visit ends with its day.
        minute = Math.min(minute + 0.3 + random.next() * 2, (on + 1) * DAY_MINUTES - 1);
      };
      // A shop looks mostly at what it knows.
      const sku = () => {
        const stall = random.chance(0.6) ? stalls[random.integer(0, 12)] : random.integer(1, STALLS + 1);
        return skuName(stall as number, random.integer(1, ITEMS_PER_STALL + 1));
      };
      const times = (mean: number, act: () => void) => {
        for (let i = random.poisson(mean); i > 0; i--) act();
      };
      add(KIND.login, { via: shop.person.app_platform });
      times(RATES.searches, () => add(KIND.search, { query: query(random, life, factor !== 1) }));
      times(shop.viewsPerDay * factor, () =>
        add(KIND.view, { sku: sku(), ...(random.chance(newArrivals) ? { newArrival: true } : {}) }),
      );
      times(RATES.carts * shop.viewsPerDay * factor, () => add(KIND.cart, { sku: sku() }));
      times(RATES.favourites * shop.viewsPerDay * factor, () => add(KIND.favourite, { target: sku() }));
      times(RATES.likes, () => add(KIND.like, { target: sku() }));
      times(RATES.comments, () => add(KIND.comment, { target: sku() }));
      times(RATES.shares, () => add(KIND.share, { target: sku(), via: "wechat" }));
      const later = on >= shop.signUpOn + truth.follows.firstMonthDays;
      const count = follow + (later ? random.poisson(LATER_FOLLOWS * factor) : 0);
      for (let i = 0; i < count; i++) add(KIND.follow, { target: stallName(stalls.pop() as number) });
    }
  return deeds;
}
