"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { classNames } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import type { Role } from "@/lib/workspaces/schema";
import { type Room, type RoomGroup, roomsOf } from "./rooms";

/** Links to the rooms of a workspace the role may open, group by group, the present one marked. */
export function RoomLinks({
  slug,
  role,
  narrow = false,
  onGo,
}: {
  slug: string;
  role: Role;
  /** Icons alone, their names on hover and focus. */
  narrow?: boolean;
  /** Told when a link is followed. */
  onGo?: () => void;
}) {
  return (
    <div className="flex flex-col gap-4">
      {roomsOf(role).map((group) => (
        <Group key={group.key} group={group} slug={slug} narrow={narrow} onGo={onGo} />
      ))}
    </div>
  );
}

interface LinkContext {
  slug: string;
  narrow: boolean;
  onGo?: () => void;
}

function Group({ group: { key, rooms }, ...context }: LinkContext & { group: RoomGroup }) {
  const t = useTranslations("shell.groups");
  const id = useId();
  const quiet = key === "overview" || context.narrow;
  return (
    <div className={classNames(context.narrow && key !== "overview" && "border-t border-line pt-3")}>
      <p id={id} className={quiet ? "sr-only" : "px-2.5 pb-1 text-xs text-ink-3"}>
        {t(key)}
      </p>
      <ul aria-labelledby={id} className="flex flex-col gap-0.5">
        {rooms.map((room) => (
          <li key={room.path}>
            <RoomLink room={room} {...context} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function RoomLink({ room: { path, label, icon: Icon }, slug, narrow, onGo }: LinkContext & { room: Room }) {
  const t = useTranslations("shell.rooms");
  const pathname = usePathname();
  const href = `/w/${slug}/${path}`;
  const here = pathname === href || pathname.startsWith(`${href}/`);
  const link = (
    <Link
      href={href}
      onClick={onGo}
      aria-current={here ? "page" : undefined}
      className={classNames(
        "flex h-9 items-center gap-2.5 rounded-md px-2.5",
        here ? "bg-accent-soft font-medium text-accent" : "text-ink-2 hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon aria-hidden size={17} className="shrink-0" />
      <span className={narrow ? "sr-only" : "truncate"}>{t(label)}</span>
    </Link>
  );
  return narrow ? (
    <Tooltip side="right" text={t(label)}>
      {link}
    </Tooltip>
  ) : (
    link
  );
}
