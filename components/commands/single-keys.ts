"use client";

import { useSyncExternalStore } from "react";

const STORED_AS = "single-keys";
const listeners = new Set<() => void>();

/** Whether single keys act (WCAG 2.1.4 asks for a way to turn them off); this browser remembers. */
export const singleKeysAct = (): boolean => localStorage.getItem(STORED_AS) !== "off";

/** Turns single keys on or off in this browser. */
export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORED_AS);
  else localStorage.setItem(STORED_AS, "off");
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choice as a component shows it. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, singleKeysAct, () => true);
