import type { Frame } from "./frame";
import type { PlannedOrder } from "./order-days";
import type { Random } from "./random";
import type { Shop } from "./shop";
import type { Spell } from "./spells";

/** Something a shop owner did, before it becomes a row of the inbox. */
export interface Deed {
  /** Minutes since the beginning of the world's first day, with fractions. */
  minute: number;
  kind: number;
  props?: Record<string, unknown>;
  /** Fen; refunds negative. */
  amount?: number;
  traits?: Record<string, unknown>;
  /** Done before signing in: carries the anonymous id alone. */
  anonymous?: boolean;
  /** Carries both ids: the moment they turn out to be one person. */
  links?: boolean;
  /** Says that the second account is this owner's too. */
  alias?: boolean;
  channel?: string;
}

/** One shop with all that was planned for it. */
export interface Life {
  frame: Frame;
  shop: Shop;
  orders: readonly PlannedOrder[];
  spells: readonly Spell[];
  /** Key of the shop that brought it. */
  referrer: string | null;
  /** Keys and sign-up days of the shops it brought. */
  referred: readonly { key: string; signUpOn: number }[];
  /** Days on which it is known to have used a second account; the day after them the two become one. */
  secondAccount: { from: number; to: number } | null;
}

export const DAY_MINUTES = 1440;

/** When a visit on that day begins. Wholesale markets trade at night; on the day of sign-up nobody comes before signing up. */
export function visitStart(random: Random, life: Life, on: number): number {
  if (on === life.shop.signUpOn) return on * DAY_MINUTES + 720 + random.next() * 600;
  const start = random.chance(0.07) ? 20 + random.next() * 280 : 380 + random.next() * 960;
  return on * DAY_MINUTES + start;
}

export const skuName = (stall: number, item: number): string =>
  `S${String(stall).padStart(3, "0")}-${String(item).padStart(2, "0")}`;
export const stallName = (stall: number): string => `stall-${String(stall).padStart(3, "0")}`;

/** Stalls of the marketplace. */
export const STALLS = 400;
export const ITEMS_PER_STALL = 30;
