"use client";

import { useLocale, useTranslations } from "next-intl";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import type { Day } from "@/lib/platform/day";
import { formatInstant, NO_DATA } from "@/lib/platform/i18n/format";
import type { LoggedTransition } from "@/lib/stages/history";

export interface ShownTransition {
  seq: number;
  day: Day;
  at: string;
  from: StageView | null;
  to: StageView;
  cause: LoggedTransition["cause"];
  version: number;
  evidence: { name: string; text: string | null }[];
}

/** A move between stages within the timeline: what brought it about, and what the rules saw. */
export function TransitionRow({ transition, timeZone }: { transition: ShownTransition; timeZone: string }) {
  const t = useTranslations("customer");
  const locale = useLocale();
  const { from, to, at, cause, version, evidence } = transition;
  return (
    <li data-testid="transition" data-to={to.key} className="bg-accent-soft">
      <details>
        <summary className="rounded px-3 py-2">
          <time dateTime={at} className="num mr-3 inline-block w-16 text-xs text-ink-3">
            {formatInstant(new Date(at), timeZone, locale, "time")}
          </time>
          <span className="inline-flex flex-wrap items-center gap-x-2">
            {from ? <StageBadge stage={from} /> : t("appeared")} → <StageBadge stage={to} />
            <span className="text-xs text-ink-2">
              {t(`cause_${cause}`)} · {t("spanVersion", { version })}
            </span>
          </span>
        </summary>
        <div className="pb-3 pl-7">
          <p className="text-xs text-ink-2">{t("evidence")}</p>
          <dl className="mt-1 grid gap-1 text-[13px] sm:grid-cols-2">
            {evidence.map((one) => (
              <div key={one.name} className="flex gap-2">
                <dt className="text-ink-2">{one.name}</dt>
                <dd className="num font-medium">{one.text ?? NO_DATA}</dd>
              </div>
            ))}
          </dl>
        </div>
      </details>
    </li>
  );
}
