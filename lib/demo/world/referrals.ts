import type { Frame } from "./frame";
import { stream } from "./random";
import type { Shop } from "./shop";
import type { Spell } from "./spells";

/** Who brought whom. */
export interface Referrals {
  /** Referred shop → the shop that brought it. */
  referrer: Map<number, number>;
  /** Shop → the shops it brought, in order of sign-up. */
  referred: Map<number, number[]>;
}

/**
 * Gives every shop of the referral channel a referrer among those who are around on the day before it signs up. A few shops
 * bring most of the others (weights fall off as a power law). Where nobody is around, it came by itself: no entry.
 */
export function planReferrals(frame: Frame, shops: readonly Shop[], spells: readonly Spell[][]): Referrals {
  const weights = shops.map((shop) => stream(frame.seed, "reach", shop.index).next() ** -0.8);
  const referrer = new Map<number, number>();
  const referred = new Map<number, number[]>();
  const arrivals = shops.filter((s) => s.channel === "referral").sort((a, b) => a.signUpOn - b.signUpOn);
  for (const arrival of arrivals) {
    const on = arrival.signUpOn - 1;
    const around = shops.filter((_, i) => spells[i]?.some((spell) => spell.from <= on && on < spell.to));
    if (around.length === 0) continue;
    const total = around.reduce((sum, shop) => sum + (weights[shop.index] as number), 0);
    let rest = stream(frame.seed, "referrer", arrival.index).next() * total;
    const found = around.find((shop) => (rest -= weights[shop.index] as number) < 0) ?? (around[0] as Shop);
    referrer.set(arrival.index, found.index);
    referred.set(found.index, [...(referred.get(found.index) ?? []), arrival.index]);
  }
  return { referrer, referred };
}
