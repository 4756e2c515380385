import { Inbox, LoaderCircle, Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";

const icons = {
  "no-data": Inbox,
  "no-match": SearchX,
  "no-permission": Lock,
  computing: LoaderCircle,
} as const;

/** Why there is nothing here (no data yet, no match, no permission, still computing), and what to do next. */
export function EmptyState({
  reason = "no-data",
  title,
  text,
  heading: Heading = "h2",
  children,
}: {
  reason?: keyof typeof icons;
  title: string;
  text: string;
  /** h1 where this is all the page has to say. */
  heading?: "h1" | "h2" | "h3";
  children?: ReactNode;
}) {
  const Icon = icons[reason];
  return (
    <div className="rounded-card border border-line bg-surface px-4 py-10 sm:px-8">
      <div className="mx-auto max-w-2xl">
        <Icon
          aria-hidden
          size={20}
          className={reason === "computing" ? "mb-2 text-ink-3 motion-safe:animate-spin" : "mb-2 text-ink-3"}
        />
        <Heading className="text-base font-semibold">{title}</Heading>
        <p className="mt-1 text-ink-2">{text}</p>
        {children && <div className="mt-5">{children}</div>}
      </div>
    </div>
  );
}
