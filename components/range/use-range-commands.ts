"use client";

import { useCommand } from "@/components/commands/registry";
import type { RangePreset } from "@/lib/platform/http/day-range";

/** Offers every preset as a command of the page, so that keys and the palette set the period too. */
export function useRangeCommands(setPreset: (preset: RangePreset) => void): void {
  useCommand("range:today", () => setPreset("today"));
  useCommand("range:7d", () => setPreset("7d"));
  useCommand("range:30d", () => setPreset("30d"));
  useCommand("range:90d", () => setPreset("90d"));
  useCommand("range:mtd", () => setPreset("mtd"));
  useCommand("range:qtd", () => setPreset("qtd"));
  useCommand("range:ytd", () => setPreset("ytd"));
  useCommand("range:all", () => setPreset("all"));
}
