import { useLocale, useTranslations } from "next-intl";
import { StageIcon } from "@/components/stages/stage-icon";
import { Count } from "@/components/ui/count";
import { Info } from "@/components/ui/info";
import { ListLink } from "@/components/ui/list-link";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatShare, NO_DATA } from "@/lib/platform/i18n/format";
import type { OutlineLine } from "@/lib/rules/outline";
import { Change } from "./change";
import { customersHref } from "./customer-links";
import type { StageCount } from "./stage-bar";

/** What a stage is, in words: its meaning and the rule that leads into it. */
export interface StageDefinition {
  key: string;
  meaning: string;
  rule: OutlineLine[];
  /** Place of the rule in the order the rules are tried, from 1. */
  place: number;
}

/** One tile a stage: how many, which share, how it changed, and what the stage means. */
export function StageTiles({
  slug,
  asOf,
  stages,
  definitions,
  version,
}: {
  slug: string;
  asOf: Day;
  stages: StageCount[];
  definitions: StageDefinition[];
  version: number;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const whole = stages.reduce((sum, stage) => sum + stage.customers, 0);
  return (
    <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6">
      {stages.map((stage) => {
        const share = formatShare(stage.customers, whole, locale) ?? NO_DATA;
        const definition = definitions.find((one) => one.key === stage.key);
        const about = t("definition", { stage: stage.name });
        return (
          <li
            key={stage.key}
            data-testid="stage-tile"
            data-stage={stage.key}
            className="min-w-0 rounded-card border border-line bg-surface p-3"
          >
            <div className="flex items-center gap-1.5">
              <span aria-hidden className="h-4 w-1 rounded-full" style={{ background: stage.color }} />
              <StageIcon icon={stage.icon} color={stage.color} />
              <h3 className="min-w-0 flex-1 truncate text-[13px] font-medium">{stage.name}</h3>
              {definition && (
                <Info label={about}>
                  <p className="font-medium">{about}</p>
                  <p className="mt-1 text-ink-2">{definition.meaning}</p>
                  <p className="mt-3 text-xs text-ink-3">{t("definitionRule")}</p>
                  <ul className="mt-0.5 text-ink-2">
                    {definition.rule.map((line, i) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the outline of a rule is never reordered
                      <li key={i} style={{ paddingInlineStart: `${line.depth}em` }}>
                        {line.text}
                      </li>
                    ))}
                  </ul>
                  <p className="mt-3 text-xs text-ink-3">
                    {t("definitionOrder", { place: definition.place, count: definitions.length })}
                  </p>
                  <p className="mt-1 text-xs text-ink-3">{t("definitionVersion", { version })}</p>
                </Info>
              )}
            </div>
            <p className="mt-1 flex items-baseline gap-2">
              <ListLink
                href={customersHref(slug, { stage: stage.key, asOf })}
                aria-label={t("openStage", {
                  stage: stage.name,
                  count: formatCount(stage.customers, locale),
                  share,
                })}
                className="rounded text-2xl font-semibold tracking-tight hover:text-accent hover:underline"
              >
                <Count value={stage.customers} locale={locale} />
              </ListLink>
              <span className="num text-xs text-ink-3">{share}</span>
            </p>
            <p className="mt-1 min-h-5">
              {stage.earlier && <Change now={stage.customers} earlier={stage.earlier} />}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
