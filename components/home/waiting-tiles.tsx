import { useLocale, useTranslations } from "next-intl";
import { Count } from "@/components/ui/count";
import type { Waiting } from "@/lib/home/queries";
import { Tile, Tiles } from "./tile";

/** What waits for a hand: refused events, work under way, work that failed. */
export function WaitingTiles({ waiting, pending }: { waiting: Waiting; pending: number }) {
  const t = useTranslations("home");
  const locale = useLocale();
  const tile = (name: "quarantined" | "pending" | "running" | "failed", value: number) => (
    <Tile name={t(name)} about={t(`${name}About`)} aboutLabel={t("about", { name: t(name) })}>
      <Count value={value} locale={locale} />
    </Tile>
  );
  return (
    <Tiles title={t("waits")} hint={t("waitsHint")}>
      {tile("quarantined", waiting.quarantined)}
      {tile("pending", pending)}
      {tile("running", waiting.running)}
      {tile("failed", waiting.failed)}
    </Tiles>
  );
}
