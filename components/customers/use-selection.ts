"use client";

import { useCallback, useState } from "react";

/** Chosen rows: some by their ids, or all the filter finds, loaded or not. */
export type Selection = { of: "some"; ids: ReadonlySet<number> } | { of: "all" };

const nobody: Selection = { of: "some", ids: new Set() };

export function useSelection() {
  const [selection, setSelection] = useState<Selection>(nobody);

  const toggle = useCallback((id: number, among: readonly number[]) => {
    setSelection((before) => {
      // Taking one out of "all" leaves those that are loaded: nobody chose the ones out of sight one by one.
      const ids = new Set(before.of === "all" ? among : before.ids);
      if (!ids.delete(id)) ids.add(id);
      return { of: "some", ids };
    });
  }, []);
  const choose = useCallback((ids: readonly number[]) => setSelection({ of: "some", ids: new Set(ids) }), []);
  const chooseAll = useCallback(() => setSelection({ of: "all" }), []);
  const clear = useCallback(() => setSelection(nobody), []);

  return { selection, toggle, choose, chooseAll, clear };
}

export const isSelected = (selection: Selection, id: number): boolean =>
  selection.of === "all" || selection.ids.has(id);
