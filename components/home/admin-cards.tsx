import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Count } from "@/components/ui/count";
import { MomentText } from "@/components/ui/moment-text";
import type { LastRun, People } from "@/lib/home/queries";
import type { Moment } from "@/lib/platform/i18n/moment";
import { Tile, Tiles } from "./tile";

/** Who belongs to the workspace, in numbers that open the members page. */
export function PeopleTiles({ slug, people }: { slug: string; people: People }) {
  const t = useTranslations("home");
  const locale = useLocale();
  const tile = (name: "active" | "here" | "suspended" | "invited", value: number) => (
    <Tile
      name={t(name)}
      about={t(`${name}About`)}
      aboutLabel={t("about", { name: t(name) })}
      href={`/w/${slug}/members`}
    >
      <Count value={value} locale={locale} />
    </Tile>
  );
  return (
    <Tiles title={t("people")}>
      {tile("active", people.active)}
      {tile("here", people.here)}
      {tile("suspended", people.suspended)}
      {tile("invited", people.invited)}
    </Tiles>
  );
}

const tones = { running: "accent", succeeded: "success", failed: "danger", cancelled: "neutral" } as const;
const kinds = [
  "recompute-full",
  "recompute-incremental",
  "check-invariants",
  "drain",
  "import",
  "sample-data",
] as const;

/** The newest run of each kind of background work and how it ended. */
export function RunsCard({ runs }: { runs: (Omit<LastRun, "startedAt"> & { started: Moment })[] }) {
  const t = useTranslations("home");
  const known = (kind: string) => kinds.find((one) => one === kind);
  return (
    <Card title={t("runs")} hint={t("runsHint")}>
      {runs.length === 0 && <p className="text-[13px] text-ink-2">{t("noRuns")}</p>}
      <ul className="divide-y divide-line">
        {runs.map(({ kind, state, started }) => {
          const name = known(kind);
          return (
            <li key={kind} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-[13px]">
              <span className="min-w-0 flex-1">{name ? t(`run.${name}`) : kind}</span>
              <span className="text-ink-2">
                <MomentText moment={started} />
              </span>
              <Badge tone={tones[state]}>{t(`runState.${state}`)}</Badge>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
