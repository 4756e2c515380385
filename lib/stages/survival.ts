/** Spans of equal length: how many ended with what one waits for, and how many were last seen still waiting. */
export interface SpanCount {
  days: number;
  ended: number;
  open: number;
}

/**
 * Kaplan-Meier: the chance that a span outlasts day t, for each day something happened; open spans count as waiting up to
 * the day they were last seen (Kaplan & Meier 1958). `spans` ascend by days.
 */
export function survivalOf(spans: readonly SpanCount[]): (day: number) => { share: number; atRisk: number } {
  const total = spans.reduce((sum, one) => sum + one.ended + one.open, 0);
  const steps: { day: number; share: number; left: number }[] = [];
  let share = 1;
  let left = total;
  for (const { days, ended, open } of spans) {
    if (left > 0) share *= 1 - ended / left;
    left -= ended + open;
    steps.push({ day: days, share, left });
  }
  return (day) => {
    const last = steps.filter((step) => step.day <= day).at(-1);
    return { share: last?.share ?? 1, atRisk: last?.left ?? total };
  };
}

/** Chance that a span which lasted until `day` ends within the next `within` days; null when none lasted that long. */
export function endsWithin(spans: readonly SpanCount[], p: { day: number; within: number }): number | null {
  const survives = survivalOf(spans);
  const now = survives(p.day);
  return now.atRisk === 0 || now.share === 0 ? null : 1 - survives(p.day + p.within).share / now.share;
}
