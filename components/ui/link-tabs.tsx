import Link from "next/link";
import { classNames } from "./class-names";

/** Parts of a page of which the server shows one: each tab is a link, so that its address can be kept and sent. */
export function LinkTabs({
  label,
  current,
  tabs,
}: {
  label: string;
  current: string;
  tabs: readonly { key: string; name: string; href: string }[];
}) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          href={tab.href}
          prefetch={false}
          scroll={false}
          aria-current={tab.key === current ? "page" : undefined}
          className={classNames(
            "-mb-px inline-flex h-9 shrink-0 items-center border-b-2 px-3 text-[13px] -outline-offset-2 hover:text-ink",
            tab.key === current ? "border-accent font-medium text-accent" : "border-transparent text-ink-2",
          )}
        >
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}
