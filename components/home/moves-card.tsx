import { ArrowRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { flowHref } from "@/components/board/customer-links";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import { Card } from "@/components/ui/card";
import { Count } from "@/components/ui/count";
import { ListLink } from "@/components/ui/list-link";
import type { HomeWindow } from "@/lib/home/window";
import { formatDay } from "@/lib/platform/i18n/format";
import type { Board } from "@/lib/stages/board";

const SHOWN = 8;

/** Who changed stage in the window, the largest moves first; each number opens its customers. */
export function MovesCard({
  slug,
  board,
  stages,
  window,
  into,
}: {
  slug: string;
  board: Board;
  stages: StageView[];
  window: HomeWindow;
  /** Only moves into these stages; all when not given. */
  into?: readonly string[];
}) {
  const t = useTranslations("home");
  const locale = useLocale();
  const view = (key: string): StageView =>
    stages.find((one) => one.key === key) ?? { key, name: key, color: "#7a7a7a", icon: "" };
  const moves = board.flow
    .filter((move) => move.from !== move.to && (!into || into.includes(move.to)))
    .sort((a, b) => b.customers - a.customers);
  return (
    <Card
      title={into ? t("leaving") : t("moves")}
      hint={t(window.sinceVisit ? "sinceVisit" : "lastWeek", {
        from: formatDay(window.from, locale),
        to: formatDay(window.to, locale),
      })}
    >
      {moves.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t("noMoves")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {moves.slice(0, SHOWN).map((move) => (
            <li key={`${move.from}>${move.to}`} data-testid="home-move">
              <ListLink
                href={flowHref(slug, {
                  previousOn: board.previousOn,
                  asOf: board.asOf,
                  from: move.from,
                  to: move.to,
                })}
                className="-mx-2 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md px-2 py-2 text-[13px] hover:bg-sunken"
              >
                {move.from ? <StageBadge stage={view(move.from)} /> : <span>{t("appeared")}</span>}
                <ArrowRight aria-hidden size={14} className="text-ink-3" />
                <StageBadge stage={view(move.to)} />
                <span className="ml-auto font-semibold">
                  <Count value={move.customers} locale={locale} />
                </span>
              </ListLink>
            </li>
          ))}
        </ul>
      )}
      {moves.length > SHOWN && (
        <ListLink
          href={`/w/${slug}/board?from=${window.from}&to=${window.to}`}
          className="mt-2 inline-block text-[13px] text-accent hover:underline"
        >
          {t("allMoves", { count: moves.length })}
        </ListLink>
      )}
    </Card>
  );
}
