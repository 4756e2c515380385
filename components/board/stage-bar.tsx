import { useLocale, useTranslations } from "next-intl";
import { StageIcon } from "@/components/stages/stage-icon";
import type { StageView } from "@/components/stages/stage-view";
import { ListLink } from "@/components/ui/list-link";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatShare, NO_DATA } from "@/lib/platform/i18n/format";
import type { Earlier } from "./change";
import { customersHref } from "./customer-links";

export interface StageCount extends StageView {
  customers: number;
  /** The same stage at the end of the compared period; null when nothing is compared. */
  earlier: Earlier | null;
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
              <ListLink
                href={customersHref(slug, { stage: stage.key, asOf })}
                aria-label={label}
                title={label}
                className="@container block h-full border-t-4 text-xs hover:brightness-105"
                style={{
                  borderColor: stage.color,
                  background: `color-mix(in srgb, ${stage.color} 24%, var(--surface))`,
                }}
              >
                {/* A narrow part has room for its icon or nothing; its tile below says the rest. */}
                <span className="hidden h-full flex-col justify-center px-2 @min-[1.9rem]:flex">
                  <span className="flex items-center gap-1 font-medium">
                    <StageIcon icon={stage.icon} color={stage.color} size={13} />
                    <span className="hidden truncate @min-[5rem]:inline">{stage.name}</span>
                  </span>
                  <span className="num hidden text-ink-2 @min-[3.6rem]:inline">{share}</span>
                </span>
              </ListLink>
            </li>
          );
        })}
    </ul>
  );
}
