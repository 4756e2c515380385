"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { rooms } from "./rooms";

/** Links to the rooms of a workspace, the present one marked. */
export function RoomLinks({
  slug,
  narrow = false,
  onGo,
}: {
  slug: string;
  narrow?: boolean;
  /** Told when a link is followed. */
  onGo?: () => void;
}) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <ul className="flex flex-col gap-0.5">
      {rooms.map(({ path, label, icon: Icon }) => {
        const href = `/w/${slug}/${path}`;
        const here = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <li key={path}>
            <Link
              href={href}
              onClick={onGo}
              aria-current={here ? "page" : undefined}
              title={narrow ? t(label) : undefined}
              className={classNames(
                "flex h-9 items-center gap-2.5 rounded-md px-2.5",
                here ? "bg-accent-soft font-medium text-accent" : "text-ink-2 hover:bg-sunken hover:text-ink",
              )}
            >
              <Icon aria-hidden size={17} className="shrink-0" />
              <span className={narrow ? "sr-only" : undefined}>{t(label)}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
