import { useLocale, useTranslations } from "next-intl";
import { roomsOf } from "@/components/shell/rooms";
import { Count } from "@/components/ui/count";
import type { Waiting } from "@/lib/home/queries";
import type { Role } from "@/lib/workspaces/schema";
import { Tile, Tiles } from "./tile";

/** What waits for a hand: refused events, work under way, work that failed; each opens its room where the role has one. */
export function WaitingTiles({
  slug,
  role,
  waiting,
  pending,
}: {
  slug: string;
  role: Role;
  waiting: Waiting;
  pending: number;
}) {
  const t = useTranslations("home");
  const locale = useLocale();
  const open = new Set(roomsOf(role).flatMap(({ rooms }) => rooms.map(({ path }) => path)));
  const tile = (name: "quarantined" | "pending" | "running" | "failed", value: number, room?: string) => (
    <Tile
      name={t(name)}
      about={t(`${name}About`)}
      aboutLabel={t("about", { name: t(name) })}
      href={room && open.has(room) ? `/w/${slug}/${room}` : undefined}
    >
      <Count value={value} locale={locale} />
    </Tile>
  );
  return (
    <Tiles title={t("waits")} hint={t("waitsHint")}>
      {tile("quarantined", waiting.quarantined, "sources")}
      {tile("pending", pending)}
      {tile("running", waiting.running, "runs")}
      {tile("failed", waiting.failed, "runs")}
    </Tiles>
  );
}
