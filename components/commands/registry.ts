"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import type { RangePreset } from "@/lib/platform/http/day-range";
import type { Locale } from "@/lib/platform/i18n/locale";

/** Everything the keyboard and the palette can ask of the page that is open. */
export type CommandId =
  | "palette"
  | "shortcuts"
  | "filter"
  | "theme"
  | `theme:${"light" | "dark" | "system"}`
  | `language:${Locale}`
  | "sign-out"
  | "advance-day"
  | `range:${RangePreset}`
  | `go:${string}`;

type Commands = ReadonlyMap<CommandId, () => void>;

// Replaced, never changed: a component sees by identity that something else is offered.
let commands: Commands = new Map();
const listeners = new Set<() => void>();

function replace(next: Commands): void {
  commands = next;
  for (const listener of listeners) listener();
}

/** Offers a command for as long as the component is there; null offers nothing. */
export function useCommand(id: CommandId, run: (() => void) | null): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const offered = run !== null;
  useEffect(() => {
    if (!offered) return;
    const call = () => latest.current?.();
    replace(new Map(commands).set(id, call));
    return () => {
      if (commands.get(id) === call) replace(new Map([...commands].filter(([other]) => other !== id)));
    };
  }, [id, offered]);
}

/** Runs a command; false when nothing on the page offers it. */
export function runCommand(id: CommandId): boolean {
  const run = commands.get(id);
  run?.();
  return run !== undefined;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const nothingOffered: Commands = new Map();

/** The commands of the page that is open, as they come and go. */
export const useOffered = (): Pick<Commands, "has"> =>
  useSyncExternalStore(
    subscribe,
    () => commands,
    () => nothingOffered,
  );
