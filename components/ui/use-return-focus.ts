"use client";

import { useRef } from "react";

/**
 * Gives the focus back to what had it before a dialog opened. Radix does so by itself only for a dialog with a trigger of
 * its own, not for one that is opened by a key or from a menu.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      const { current } = before;
      if (!(current instanceof HTMLElement) || current === document.body || !current.isConnected) return;
      event.preventDefault();
      current.focus();
    },
  };
}
