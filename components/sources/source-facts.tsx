import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Info } from "@/components/ui/info";
import { formatInstant, formatRelative } from "@/lib/platform/i18n/format";
import type { SourceHealth } from "@/lib/sources/health";
import { FACTOR, MIN_GAPS, RHYTHM_DAYS } from "@/lib/sources/silence";

export const kindWords = { http: "kindHttp", import: "kindImport", demo: "kindDemo" } as const;

/** What a source is, since when, and when it last brought something; a silent one says so and why. */
export function SourceFacts({
  health,
  timeZone,
  now,
}: {
  health: SourceHealth;
  timeZone: string;
  now: Date;
}) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const { source, lastAt, silence } = health;
  const instant = (at: Date) => formatInstant(at, timeZone, locale);
  return (
    <div className="grid gap-1 text-[13px] text-ink-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge>{t(kindWords[source.kind])}</Badge>
        {silence.isSilent && <Badge tone="warning">{t("silent")}</Badge>}
        {source.revokedAt && <Badge tone="danger">{t("revoked")}</Badge>}
        {source.keyHint && <span className="num">{t("keyHint", { hint: source.keyHint })}</span>}
        <span>
          {source.revokedAt
            ? t("revokedAt", { at: instant(source.revokedAt) })
            : t("createdAt", { at: instant(source.createdAt) })}
        </span>
        <span>
          {t("lastEvent")}{" "}
          {lastAt ? (
            <time dateTime={lastAt.toISOString()} title={instant(lastAt)} className="font-medium text-ink">
              {formatRelative(lastAt, now, locale)}
            </time>
          ) : (
            t("never")
          )}
        </span>
        <Info label={t("silentAbout")}>
          {t("silentRule", { days: RHYTHM_DAYS, factor: FACTOR, gaps: MIN_GAPS })}
        </Info>
      </p>
      {silence.isSilent && lastAt && (
        <p className="text-amber">
          {t("silentText", { ago: formatRelative(lastAt, now, locale), gap: silence.usualGapHours ?? 0 })}
        </p>
      )}
      {source.previousKeyUntil && source.previousKeyUntil > now && (
        <p className="text-amber">{t("overlap", { at: instant(source.previousKeyUntil) })}</p>
      )}
    </div>
  );
}
