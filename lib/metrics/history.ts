import type { Day } from "@/lib/platform/day";

/** One thing a customer did, as the oracles read it: the raw event with its local day. */
export interface HistoryEvent {
  /** Key of the kind: "order", "view", or a custom kind. */
  kind: string;
  at: Date;
  day: Day;
  /** Minor units; negative for refunds. */
  amount: number | null;
}

/** One statement about a customer. */
export interface HistoryTrait {
  key: string;
  value: unknown;
  at: Date;
  day: Day;
}

/** Everything known of one customer. Profile updates are traits and appear in `seen` only. */
export interface History {
  events: HistoryEvent[];
  traits: HistoryTrait[];
  /** Local days of any event at all, profile updates included. */
  seen: Day[];
}

/** What of a history had happened by the end of `asOf`. */
export function upTo(history: History, asOf: Day): History {
  return {
    events: history.events.filter((e) => e.day <= asOf),
    traits: history.traits.filter((t) => t.day <= asOf),
    seen: history.seen.filter((d) => d <= asOf),
  };
}

/** Distinct order days, ascending: orders of one local day are one purchase. */
export function orderDays(history: History, asOf: Day): Day[] {
  const days = upTo(history, asOf)
    .events.filter((e) => e.kind === "order")
    .map((e) => e.day);
  return [...new Set(days)].sort();
}
