import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Day } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";

/** The customer had not been seen by the day: says when it was, and leads there. */
export function NotThere({
  asOf,
  first,
  href,
}: {
  asOf: Day;
  /** Null: nothing has happened so far. */
  first: Day | null;
  href: (first: Day) => string;
}) {
  const t = useTranslations("customer");
  const locale = useLocale();
  if (!first) return <EmptyState title={t("neverTitle")} text={t("neverText")} />;
  const day = formatDay(first, locale);
  return (
    <EmptyState
      title={t("notYetTitle", { day: formatDay(asOf, locale) })}
      text={t("notYetText", { first: day })}
    >
      <Button asChild variant="primary">
        <Link href={href(first)}>{t("goToFirst", { day })}</Link>
      </Button>
    </EmptyState>
  );
}
