/** What a figure must reach: `atLeast` for gains, `atMost` for costs, `exactly` for counts that allow no other. */
export type Target = { atLeast: number } | { atMost: number } | { exactly: number };

/** One goal as measured in this run. */
export interface Figure {
  /** "G3 1 %": the key of the committed reference. */
  id: string;
  name: string;
  value: number;
  /** "x", "F" (cost of the floor), "MB" … */
  unit: string;
  target: Target;
  /** The figures behind the ratio. */
  detail: string;
}

/** How far a ratio may move from the committed one before it is named: machines differ less than that in ratios. */
export const TOLERANCE = 0.3;

/** Whether the figure reaches its goal. */
export function isReached({ value, target }: Figure): boolean {
  if ("atLeast" in target) return value >= target.atLeast;
  if ("atMost" in target) return value <= target.atMost;
  return value === target.exactly;
}

/**
 * How the figure stands to its reference: `none` was committed, `near` (within ±30 %), else `better` or `worse` in the
 * direction of the goal. A count that must be exact is `near` or `worse`.
 */
export function drift(
  { value, target }: Figure,
  reference: number | undefined,
): "none" | "near" | "better" | "worse" {
  if (reference === undefined) return "none";
  if ("exactly" in target) return value === reference ? "near" : "worse";
  if (Math.abs(value - reference) <= TOLERANCE * Math.abs(reference)) return "near";
  return value > reference === "atLeast" in target ? "better" : "worse";
}

/** Three significant digits, without exponents: 0.0007, 1.24, 13.1, 227, 51300. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return "∞";
  if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return String(Number(value.toFixed(Math.min(digits, 6))));
}

/** The goal in writing: "≥ 10", "≤ 1.5", "= 0". */
export function targetText(target: Target): string {
  if ("atLeast" in target) return `≥ ${shortNumber(target.atLeast)}`;
  if ("atMost" in target) return `≤ ${shortNumber(target.atMost)}`;
  return `= ${target.exactly}`;
}

/** One line of the table: id, name, value, goal, verdict, reference. */
export function figureLine(figure: Figure, reference: number | undefined): string {
  const state = drift(figure, reference);
  const beside =
    reference === undefined
      ? "no reference"
      : `reference ${shortNumber(reference)}${state === "near" ? "" : ` (${state} by more than 30 %)`}`;
  return [
    figure.id.padEnd(9),
    figure.name.padEnd(52),
    `${shortNumber(figure.value)} ${figure.unit}`.padStart(14),
    targetText(figure.target).padStart(9),
    (isReached(figure) ? "ok" : "short").padEnd(5),
    beside.padEnd(18),
    figure.detail,
  ].join("  ");
}
