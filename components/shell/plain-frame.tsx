import type { ReactNode } from "react";
import { Brand } from "./brand";
import { LanguageSwitch } from "./language-switch";
import { ThemeSwitch } from "./theme-switch";

/** The frame of pages outside a workspace. */
export const PlainFrame = ({ children }: { children: ReactNode }) => (
  <div className="flex min-h-dvh flex-col">
    <header className="flex items-center justify-between px-4 py-3 sm:px-6">
      <Brand />
      <div className="flex items-center">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
    <main className="mx-auto w-full max-w-4xl flex-1 px-4 py-8 sm:px-6">{children}</main>
  </div>
);
