"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTransition } from "react";
import type { Day } from "@/lib/platform/day";
import {
  type Comparison,
  comparisons,
  type DayRange,
  presetRange,
  type RangePreset,
} from "@/lib/platform/http/day-range";

/** Changes the period of the page: written to the URL as two days, so that whoever opens it sees the same numbers. */
export function useRange({ today, firstDay }: { today: Day; firstDay: Day | null }) {
  const [pending, startTransition] = useTransition();
  const [, set] = useQueryStates(
    {
      from: parseAsString,
      to: parseAsString,
      range: parseAsString,
      compare: parseAsStringLiteral(comparisons).withDefault("previous"),
    },
    { shallow: false, history: "push", startTransition },
  );
  const setRange = ({ from, to }: DayRange) => set({ from, to, range: null });
  return {
    pending,
    setRange,
    setPreset: (preset: RangePreset) => setRange(presetRange(preset, today, firstDay)),
    setComparison: (compare: Comparison) => set({ compare }),
  };
}
