import type { Day } from "@/lib/platform/day";

interface Happening {
  day: Day;
  kind: string;
  amount: number | null;
  occurredAt: string;
}

interface Moving {
  day: Day;
  at: string;
}

export type TimelineEntry<E, T> =
  | { type: "event"; event: E }
  /** Several of one kind in a row, without money: told as "12 views". */
  | { type: "run"; kind: string; events: E[] }
  | { type: "transition"; transition: T };

export interface TimelineDay<E, T> {
  day: Day;
  entries: TimelineEntry<E, T>[];
}

/** Fewer in a row are told one by one. */
const SHORTEST_RUN = 3;

/**
 * Events (newest first) and transitions as a timeline: by day, newest first, runs of one kind told together. Transitions
 * older than the oldest event loaded wait for it, unless `complete` says that nothing older will come.
 */
export function groupTimeline<E extends Happening, T extends Moving>(
  events: readonly E[],
  transitions: readonly T[],
  complete: boolean,
): TimelineDay<E, T>[] {
  const oldest = events.at(-1);
  const shown = transitions.filter(
    (one) => complete || (oldest !== undefined && Date.parse(one.at) >= Date.parse(oldest.occurredAt)),
  );
  const all = [
    ...shown.map((transition) => ({ day: transition.day, at: Date.parse(transition.at), transition })),
    ...events.map((event) => ({ day: event.day, at: Date.parse(event.occurredAt), event })),
  ];
  // Stable: at the same instant a transition stands above the event that brought it about, events stay as they came.
  all.sort((a, b) => (a.day === b.day ? b.at - a.at : a.day < b.day ? 1 : -1));

  const days: TimelineDay<E, T>[] = [];
  for (const one of all) {
    if (days.at(-1)?.day !== one.day) days.push({ day: one.day, entries: [] });
    const { entries } = days.at(-1)!;
    const last = entries.at(-1);
    if ("transition" in one) entries.push({ type: "transition", transition: one.transition });
    else if (last?.type === "run" && last.kind === one.event.kind && one.event.amount === null)
      last.events.push(one.event);
    else if (one.event.amount === null)
      entries.push({ type: "run", kind: one.event.kind, events: [one.event] });
    else entries.push({ type: "event", event: one.event });
  }
  return days.map(({ day, entries }) => ({ day, entries: entries.flatMap(unfold) }));
}

const unfold = <E, T>(entry: TimelineEntry<E, T>): TimelineEntry<E, T>[] =>
  entry.type === "run" && entry.events.length < SHORTEST_RUN
    ? entry.events.map((event) => ({ type: "event", event }))
    : [entry];
