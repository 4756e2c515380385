import type { ReactNode } from "react";
import { Info } from "@/components/ui/info";
import { ListLink } from "@/components/ui/list-link";

/** A number with its name and definition; it opens what it counts where there is a page for that. */
export function Tile({
  name,
  about,
  aboutLabel,
  href,
  children,
  note,
}: {
  name: string;
  about: string;
  aboutLabel: string;
  href?: string;
  children: ReactNode;
  note?: ReactNode;
}) {
  return (
    <li className="min-w-0 rounded-card border border-line bg-surface p-3">
      <div className="flex items-center gap-1">
        <h3 className="min-w-0 text-[13px] font-medium text-ink-2">{name}</h3>
        <Info label={aboutLabel}>
          <p className="text-ink-2">{about}</p>
        </Info>
      </div>
      <p className="num mt-1 text-xl font-semibold">
        {href ? (
          <ListLink href={href} className="hover:text-accent hover:underline">
            {children}
          </ListLink>
        ) : (
          children
        )}
      </p>
      {note && <div className="num mt-0.5 text-xs text-ink-2">{note}</div>}
    </li>
  );
}

/** A row of tiles under a heading. */
export const Tiles = ({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) => (
  <section>
    <h2 className="font-semibold">{title}</h2>
    {hint && <p className="text-[13px] text-ink-2">{hint}</p>}
    <ul className="mt-2 grid grid-cols-2 gap-2 lg:grid-cols-4">{children}</ul>
  </section>
);
