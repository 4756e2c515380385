"use client";

import { useRef } from "react";

/** The button of the menu that was opened last: the focus of a dialog that is opened from a menu returns there. */
let lastMenuButton: HTMLElement | null = null;

/** Told by menus when they open. */
export function rememberMenuButton(button: HTMLElement | null): void {
  lastMenuButton = button;
}

const canTakeFocus = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element !== document.body && element.isConnected;

/**
 * Gives the focus back to what had it before a dialog opened. Radix does so by itself only for a dialog with a trigger of
 * its own, not for one that is opened by a key or from a menu.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      // A menu is gone by now and its focus with it.
      before.current = canTakeFocus(document.activeElement) ? document.activeElement : lastMenuButton;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!canTakeFocus(before.current)) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
