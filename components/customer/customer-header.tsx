import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import type { CustomerHead } from "@/lib/customers/schema";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay, NO_DATA } from "@/lib/platform/i18n/format";
import { AsOfPicker } from "./as-of-picker";
import { MaskNotice, RevealButton } from "./reveal-button";
import { CustomerName } from "./reveal-context";

/** Who this is, in which stage and since when, for how long; and the day the page is as of. */
export function CustomerHeader({
  slug,
  head,
  stages,
  first,
  today,
  timeZone,
  mayReveal,
}: {
  slug: string;
  head: CustomerHead;
  stages: readonly StageView[];
  first: Day | null;
  today: Day;
  timeZone: string;
  mayReveal: boolean;
}) {
  const t = useTranslations("customer");
  const locale = useLocale();
  const { standing } = head;
  const stage = stages.find((one) => one.key === standing?.stage);
  const life = standing?.lifetime;
  const day = (one: Day | null) =>
    one ? <time dateTime={one}>{formatDay(one, locale)}</time> : <span title={t("noData")}>{NO_DATA}</span>;
  return (
    <header className="grid gap-3">
      <Link
        href={`/w/${slug}/customers`}
        className="inline-flex w-fit items-center gap-1 rounded text-[13px] text-ink-2 hover:text-ink hover:underline"
      >
        <ArrowLeft aria-hidden size={14} />
        {t("back")}
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-3xl">
          <h1 className="text-xl font-semibold tracking-tight break-all" data-testid="customer-name">
            <CustomerName masked={head.displayKey} />
          </h1>
          <p className="mt-0.5 text-ink-2">{t("purpose")}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <AsOfPicker asOf={head.asOf} first={first} today={today} />
          {head.masked && mayReveal && <RevealButton asOf={head.asOf} />}
        </div>
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-2 text-[13px]">
        <Fact name={t("stage")}>
          {standing ? (
            <span className="inline-flex flex-wrap items-center gap-x-2" data-testid="customer-stage">
              {stage ? <StageBadge stage={stage} /> : standing.stage}
              <span className="text-ink-2">{t("since", { day: formatDay(standing.since, locale) })}</span>
            </span>
          ) : (
            <span title={t("noData")}>{NO_DATA}</span>
          )}
        </Fact>
        <Fact name={t("firstSeen")}>{day(head.firstSeenOn)}</Fact>
        <Fact name={t("lastActive")}>{day(head.lastActiveOn)}</Fact>
        <Fact name={t("lifetime")}>
          {life ? (
            t(life.censored ? "daysSoFar" : "days", { days: formatCount(life.days, locale), n: life.days })
          ) : (
            <span title={t("noData")}>{NO_DATA}</span>
          )}
        </Fact>
      </dl>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {head.masked && <MaskNotice />}
        <p className="text-xs text-ink-3">{t("asOfHint", { zone: timeZone })}</p>
      </div>
    </header>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt className="text-xs text-ink-3">{name}</dt>
    <dd className="num mt-0.5">{children}</dd>
  </div>
);
