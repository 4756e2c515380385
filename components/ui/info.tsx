"use client";

import { Info as InfoIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Popover } from "./popover";

/** The ⓘ beside a title or number: its definition in words. */
export function Info({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover
      label={label}
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="inline-grid size-6 shrink-0 place-items-center rounded text-ink-3 hover:bg-sunken hover:text-ink"
        >
          <InfoIcon aria-hidden size={14} />
        </button>
      }
    >
      {children}
    </Popover>
  );
}
