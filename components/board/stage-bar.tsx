import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { StageIcon } from "@/components/stages/stage-icon";
import type { StageView } from "@/components/stages/stage-view";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatShare, NO_DATA } from "@/lib/platform/i18n/format";
import { customersHref } from "./customer-links";

/** Below this share a segment has no room for words; its tile below says them. */
const SHARE_WITH_WORDS = 0.09;

export interface StageCount extends StageView {
  customers: number;
  previous: number;
}

/** All customers as one bar, divided by stage; each part opens its customers. */
export function StageBar({ slug, asOf, stages }: { slug: string; asOf: Day; stages: StageCount[] }) {
  const t = useTranslations("board");
  const locale = useLocale();
  const whole = stages.reduce((sum, stage) => sum + stage.customers, 0);
  return (
    <ul aria-label={t("barLabel")} className="flex h-14 gap-0.5">
      {stages
        .filter((stage) => stage.customers > 0)
        .map((stage) => {
          const share = formatShare(stage.customers, whole, locale) ?? NO_DATA;
          const count = formatCount(stage.customers, locale);
          const label = t("openStage", { stage: stage.name, count, share });
          return (
            <li
              key={stage.key}
              className="min-w-2 overflow-hidden first:rounded-l-md last:rounded-r-md"
              style={{ flexGrow: stage.customers, flexBasis: 0 }}
            >
              <Link
                href={customersHref(slug, { stage: stage.key, asOf })}
                aria-label={label}
                title={label}
                className="flex h-full flex-col justify-center border-t-4 px-2 text-xs hover:brightness-105"
                style={{
                  borderColor: stage.color,
                  background: `color-mix(in srgb, ${stage.color} 24%, var(--surface))`,
                }}
              >
                {stage.customers / whole >= SHARE_WITH_WORDS && (
                  <>
                    <span className="flex items-center gap-1 truncate font-medium">
                      <StageIcon icon={stage.icon} color={stage.color} size={13} />
                      <span className="truncate">{stage.name}</span>
                    </span>
                    <span className="num truncate text-ink-2">{share}</span>
                  </>
                )}
              </Link>
            </li>
          );
        })}
    </ul>
  );
}
