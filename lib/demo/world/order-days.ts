import { channels } from "./channels";
import { type Frame, weekday } from "./frame";
import type { Outcome } from "./outcomes";
import { atOrder, truth } from "./parameters";
import { type Random, stream } from "./random";
import type { Shop } from "./shop";

export interface PlannedOrder {
  /** Days since the world's first day; may lie beyond the world's end. */
  on: number;
  /** 1 for the first order. */
  nth: number;
  complaint: boolean;
  /** Part of a comeback after long silence. */
  comeback: boolean;
}

const WEDNESDAY = 3;

/** Where the first order falls, in days after sign-up. */
function firstDay(random: Random, shop: Shop, outcome: Outcome): number {
  if (outcome.ordersInFirstMonth)
    return channels[shop.channel].cheap
      ? random.integer(0, 3)
      : Math.min(29, Math.floor(random.exponential(7)));
  return outcome.ordersInSecondMonth ? random.integer(30, 60) : 60 + Math.floor(random.exponential(35));
}

/** The nearest new-arrivals day (Wednesday), at most three days away. */
function nearestDrop(frame: Frame, on: number): number {
  const ahead = (WEDNESDAY - weekday(frame, on) + 7) % 7;
  return on + (ahead > 3 ? ahead - 7 : ahead);
}

/** The wait after the nth order, in whole days. */
function waitAfter(random: Random, shop: Shop, n: number, complained: boolean): number {
  const { rhythm, loyalty, sensitivity } = truth;
  const slowed = complained && shop.sensitivity === "service" ? sensitivity.waitAfterComplaint : 1;
  const mean = shop.rhythmDays * atOrder(loyalty.wait, n) * slowed;
  return Math.max(1, Math.round(random.erlang(rhythm.shape, mean)));
}

/**
 * Bends order days so that days [30, 60) after sign-up hold an order exactly when the outcome says so: without it, the orders
 * from there on wait until day 60; with it, the order nearest to the month moves in and those behind it follow.
 */
function bendToSecondMonth(random: Random, days: number[], wanted: boolean): number[] {
  const from = days.findIndex((day) => day >= 30);
  const inside = from >= 0 && (days[from] as number) < 60;
  if (inside === wanted || days.length === 0) return days;
  const index = wanted ? (from > 0 ? from : days.length - 1) : from;
  const shift = (wanted ? random.integer(30, 60) : 60 + random.integer(0, 8)) - (days[index] as number);
  return days.map((day, i) => (i < index ? day : day + shift));
}

function toDropDays(random: Random, frame: Frame, days: number[], signUpOn: number): number[] {
  const moved: number[] = [];
  days.forEach((day, i) => {
    const drop = nearestDrop(frame, signUpOn + day) - signUpOn;
    // A move never changes the order of orders, nor the month of sign-up age they fall in.
    const fits = drop > (moved[i - 1] ?? -1) && drop < (days[i + 1] ?? Number.POSITIVE_INFINITY);
    const sameMonth = Math.min(2, Math.floor(drop / 30)) === Math.min(2, Math.floor(day / 30));
    moved.push(random.chance(truth.sensitivity.ordersOnDropDay) && fits && sameMonth ? drop : day);
  });
  return moved;
}

/** Days of the orders of a comeback, from the last order before it. */
function comebackDays(random: Random, last: number): number[] {
  const { silenceDays, extraSilenceMean, fiveOrders, laterOrderOtherwise } = truth.comeback;
  const days = [last + silenceDays + Math.round(random.exponential(extraSilenceMean))];
  const start = days[0] as number;
  if (random.chance(fiveOrders)) {
    for (let n = 2; n <= 5; n++) days.push(start + (n - 1) * 6 + random.integer(0, 4));
    return days;
  }
  const more = random.integer(0, 3);
  for (let n = 1; n <= more; n++) days.push(start + n * 11 + random.integer(0, 4));
  if (random.chance(laterOrderOtherwise)) days.push(start + random.integer(40, 80));
  return days;
}

/** Every order of a shop, in order, as it would go on if the world had no end. */
export function planOrders(frame: Frame, shop: Shop, outcome: Outcome): PlannedOrder[] {
  if (outcome.orders === 0) return [];
  const { seed } = frame;
  const random = stream(seed, "order days", shop.index);
  const grumbles = stream(seed, "complaints", shop.index);
  const { service, others } = truth.sensitivity.complaintsPerOrder;
  const complains = () => grumbles.chance(shop.sensitivity === "service" ? service : others);

  const complaints = Array.from({ length: outcome.orders }, complains);
  let days = [firstDay(random, shop, outcome)];
  for (let n = 1; n < outcome.orders; n++)
    days.push((days[n - 1] as number) + waitAfter(random, shop, n, complaints[n - 1] as boolean));
  days = bendToSecondMonth(random, days, outcome.ordersInSecondMonth);
  if (shop.sensitivity === "goods")
    days = toDropDays(stream(seed, "drop days", shop.index), frame, days, shop.signUpOn);

  const planned = days.map((day, i) => ({
    on: shop.signUpOn + day,
    nth: i + 1,
    complaint: complaints[i] as boolean,
    comeback: false,
  }));
  const returning = stream(seed, "comeback", shop.index);
  if (planned.length >= truth.loyalty.knee && returning.chance(truth.comeback.share)) {
    const again = comebackDays(returning, (planned[planned.length - 1] as PlannedOrder).on);
    // Five in thirty days: loyal once more, at the old rhythm and with the loyal chance of a next order.
    if (again.length === 5)
      while (returning.chance(atOrder(truth.loyalty.nextOrder, 5)))
        again.push((again[again.length - 1] as number) + waitAfter(returning, shop, 5, false));
    for (const on of again)
      planned.push({ on, nth: planned.length + 1, complaint: complains(), comeback: true });
  }
  return planned;
}
