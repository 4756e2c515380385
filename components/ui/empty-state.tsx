import type { ReactNode } from "react";

/** Why there is nothing here, and what to do next. */
export function EmptyState({
  title,
  text,
  heading: Heading = "h2",
  children,
}: {
  title: string;
  text: string;
  /** h1 where this is all the page has to say. */
  heading?: "h1" | "h2";
  children?: ReactNode;
}) {
  return (
    <div className="rounded-card border border-line bg-surface px-4 py-10 sm:px-8">
      <div className="mx-auto max-w-2xl">
        <Heading className="text-base font-semibold">{title}</Heading>
        <p className="mt-1 text-ink-2">{text}</p>
        {children && <div className="mt-5">{children}</div>}
      </div>
    </div>
  );
}
