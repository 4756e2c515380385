import type { ReactNode } from "react";

/** Title, one sentence of purpose, and what can be done at the right. */
export function PageHeader({
  title,
  purpose,
  children,
}: {
  title: string;
  purpose: string;
  children?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-3xl">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-0.5 text-ink-2">{purpose}</p>
      </div>
      {children}
    </header>
  );
}
