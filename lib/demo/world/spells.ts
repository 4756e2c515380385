import { channels } from "./channels";
import type { Frame } from "./frame";
import type { PlannedOrder } from "./order-days";
import { truth } from "./parameters";
import { type Random, stream } from "./random";
import type { Shop } from "./shop";

/** Days [from, to) on which a shop is around: logs in, looks, orders. */
export interface Spell {
  from: number;
  to: number;
  /** From this day on clicks swing, because the shop is about to leave; null when it stays or never settled. */
  swingsFrom: number | null;
}

/** Longer waits than this are absence: nobody looks around between the two orders. */
const PRESENT_DAYS = { sound: 60, cheap: 10 };

/** How long a shop looks around after signing up, in days. */
function trialDays(random: Random, shop: Shop, firstOrder: number | null): number {
  const cheap = channels[shop.channel].cheap;
  const curious = cheap ? random.integer(1, 4) : random.integer(2, 26);
  const following = shop.follows >= 5 ? random.integer(16, 28) : 0;
  const waiting = firstOrder !== null && firstOrder <= (cheap ? 10 : 60) ? firstOrder + 1 : 0;
  return Math.max(curious, following, waiting);
}

/** How long a shop stays around after its last order before it leaves. */
function farewellDays(random: Random, shop: Shop, nth: number): number {
  if (nth >= truth.loyalty.knee) return random.integer(18, 33);
  return channels[shop.channel].cheap ? random.integer(1, 4) : random.integer(5, 21);
}

/** The spells of a shop in order; they do not overlap and start no earlier than sign-up. */
export function planSpells(frame: Frame, shop: Shop, orders: readonly PlannedOrder[]): Spell[] {
  const random = stream(frame.seed, "spells", shop.index);
  const cheap = channels[shop.channel].cheap;
  const first = orders[0] ? orders[0].on - shop.signUpOn : null;
  const spells: Spell[] = [
    { from: shop.signUpOn, to: shop.signUpOn + trialDays(random, shop, first), swingsFrom: null },
  ];
  orders.forEach((order, i) => {
    const next = orders[i + 1];
    const goesOn = next && next.on - order.on <= PRESENT_DAYS[cheap ? "cheap" : "sound"];
    const settled = order.nth >= truth.loyalty.knee;
    const to = goesOn ? next.on + 1 : order.on + 1 + farewellDays(random, shop, order.nth);
    const from = Math.max(shop.signUpOn, order.on - (cheap ? 0 : 5));
    const swingsFrom = !goesOn && settled ? to - truth.beforeChurn.days : null;
    const last = spells[spells.length - 1] as Spell;
    if (from <= last.to) Object.assign(last, { to: Math.max(last.to, to), swingsFrom });
    else spells.push({ from, to, swingsFrom });
  });
  return spells;
}
