import { type World, worldRows } from "@/lib/demo/world/world";
import { KIND } from "@/lib/intake/kinds";

/** One shop as its events show it; nothing here comes from the plan. Days are counted from the world's first. */
export interface Observed {
  key: string;
  signUpOn: number;
  channel: string;
  orders: { on: number; amount: number; coupon: boolean }[];
  /** Orders and refunds. */
  money: { on: number; amount: number }[];
  followedOn: number[];
  activeOn: Set<number>;
  days: Map<number, { logins: number; views: number; carts: number }>;
  complaints: number;
  queries: string[];
  newArrivalViews: number;
  views: number;
}

/** Reads events the naive way: one pass, grouped by the id of the owner, second accounts resolved by the alias. */
export function observe(world: World): Observed[] {
  const seen = new Map<string, Observed>();
  const at = (key: string): Observed => {
    let found = seen.get(key);
    if (!found) {
      found = {
        key,
        signUpOn: Number.POSITIVE_INFINITY,
        channel: "",
        orders: [],
        money: [],
        followedOn: [],
        activeOn: new Set(),
        days: new Map(),
        complaints: 0,
        queries: [],
        newArrivalViews: 0,
        views: 0,
      };
      seen.set(key, found);
    }
    return found;
  };
  // One zone without clock changes: the day of an instant is arithmetic.
  const first = Date.parse(`${world.frame.firstDay}T00:00:00+08:00`);
  for (const row of worldRows(world, 1)) {
    if (row.userKey === null) continue;
    const shop = at(row.userKey.replace(/-b$/, ""));
    const on = Math.floor((row.occurredAt.getTime() - first) / 86_400_000);
    if (row.kind === KIND.profile) {
      if (row.channel) Object.assign(shop, { channel: row.channel, signUpOn: on });
      continue;
    }
    const props = (row.props ?? {}) as Record<string, unknown>;
    shop.activeOn.add(on);
    const day = shop.days.get(on) ?? { logins: 0, views: 0, carts: 0 };
    shop.days.set(on, day);
    if (row.kind === KIND.login) day.logins++;
    if (row.kind === KIND.cart) day.carts++;
    if (row.kind === KIND.view) {
      day.views++;
      shop.views++;
      if (props.newArrival) shop.newArrivalViews++;
    }
    if (row.kind === KIND.follow) shop.followedOn.push(on);
    if (row.kind === KIND.search) shop.queries.push(String(props.query));
    if (row.kind === KIND.complaint) shop.complaints++;
    if (row.kind === KIND.order) shop.orders.push({ on, amount: row.amount ?? 0, coupon: "coupon" in props });
    if (row.amount !== null) shop.money.push({ on, amount: row.amount });
  }
  return [...seen.values()];
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / values.length;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Where a curve bends: the point farthest from the straight line between its ends. `xs` from 1. */
export function knee(curve: readonly number[]): number {
  const [first, last] = [curve[0] as number, curve[curve.length - 1] as number];
  const distance = curve.map((y, i) => Math.abs(y - (first + ((last - first) * i) / (curve.length - 1))));
  return distance.indexOf(Math.max(...distance)) + 1;
}
