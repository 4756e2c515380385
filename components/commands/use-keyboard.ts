"use client";

import { useEffect } from "react";
import { runCommand } from "./registry";
import { readKey } from "./shortcuts";
import { singleKeysAct } from "./single-keys";

/** Longer pauses begin a new sequence. */
const SEQUENCE_MS = 1_500;

/** Where keys belong to the control that has the focus: fields, and lists one jumps through by letters. */
const TYPED_INTO =
  "input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** Listens to the keyboard for the whole page: Ctrl/Cmd-K always, single keys where nobody is typing. */
export function useKeyboard(): void {
  useEffect(() => {
    let typed: readonly string[] = [];
    let lastAt = 0;

    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        if (runCommand("palette")) event.preventDefault();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
      if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return;
      if (!singleKeysAct()) return;
      const read = readKey(event.timeStamp - lastAt < SEQUENCE_MS ? typed : [], event.key);
      typed = read.typed;
      lastAt = event.timeStamp;
      if (read.command && runCommand(read.command)) event.preventDefault();
    }

    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
