import type { ReactNode } from "react";

/** A key of the keyboard. */
export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-grid h-5.5 min-w-5.5 place-items-center rounded border border-line bg-sunken px-1.5 font-sans text-xs text-ink-2">
    {children}
  </kbd>
);
