"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { StageBadge } from "@/components/stages/stage-badge";
import { getJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Info } from "@/components/ui/info";
import { Skeleton } from "@/components/ui/skeleton";
import type { CustomerSummary as Summary } from "@/lib/customers/schema";
import type { Day } from "@/lib/platform/day";
import { formatDay, formatInstant, NO_DATA } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";

/** As it comes over the wire: instants are texts. */
type Answer = Omit<Summary, "events"> & {
  events: (Omit<Summary["events"][number], "occurredAt"> & { occurredAt: string })[];
};

/**
 * A customer in brief, for a side sheet: stage and why, six metrics, the last events, and the way to the whole page.
 * Fetches for itself; give it a `key` of the customer and the day, so that another one starts anew.
 */
export function CustomerSummary({
  slug,
  customerId,
  asOf,
}: {
  slug: string;
  customerId: number;
  asOf?: Day;
}) {
  const t = useTranslations("customer");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const day = asOf ? `?asOf=${asOf}` : "";

  const load = useCallback(async () => {
    setFailure(null);
    const got = await getJson(`/api/workspaces/${slug}/customers/${customerId}/summary${day}`);
    if (got.ok)
      setAnswer(got.body as Answer); // our own route's answer, same deployment
    else setFailure(got.message);
  }, [slug, customerId, day]);
  useEffect(() => void load(), [load]);

  if (failure)
    return (
      <Banner tone="error" action={<Button onClick={load}>{t("retry")}</Button>}>
        {t("peekLoadFailed", { message: failure })}
      </Banner>
    );
  if (!answer)
    return (
      <div className="grid gap-4" aria-busy="true">
        <span role="status" className="sr-only">
          {t("loading")}
        </span>
        <Skeleton className="h-24" />
        <Skeleton className="h-36" />
        <Skeleton className="h-48" />
      </div>
    );
  return (
    <div className="grid gap-5" data-testid="customer-summary">
      <SummaryHead answer={answer} />
      <SummaryMetrics answer={answer} />
      <SummaryEvents answer={answer} />
      <Button asChild variant="primary" className="justify-self-start">
        <Link href={`/w/${slug}/customers/${answer.customerId}${day}`} prefetch={false}>
          {t("openPage")}
        </Link>
      </Button>
    </div>
  );
}

function SummaryHead({ answer }: { answer: Answer }) {
  const t = useTranslations("customer");
  const locale = useLocale();
  const { standing, stage, asOf, firstSeenOn, why } = answer;
  return (
    <section className="grid gap-1.5">
      <p className="text-lg font-semibold break-all">{answer.displayKey}</p>
      {standing && stage ? (
        <p className="flex flex-wrap items-center gap-x-2 text-[13px]">
          <StageBadge stage={{ key: standing.stage, ...stage }} />
          <span className="text-ink-2">{t("since", { day: formatDay(standing.since, locale) })}</span>
        </p>
      ) : (
        <p className="text-[13px] text-ink-2">
          {firstSeenOn === null ? t("notYetTitle", { day: formatDay(asOf, locale) }) : t("computing")}
        </p>
      )}
      {why && <p className="text-[13px] text-ink-2">{why}</p>}
      <p className="text-xs text-ink-3">
        {t("asOf")} {formatDay(asOf, locale)} · {answer.timeZone}
      </p>
    </section>
  );
}

function SummaryMetrics({ answer }: { answer: Answer }) {
  const t = useTranslations("customer");
  return (
    <dl className="grid grid-cols-2 gap-2">
      {answer.metrics.map((one) => (
        <div key={one.name} className="rounded-md border border-line px-3 py-2">
          <dt className="flex items-center justify-between gap-1 text-xs text-ink-2">
            {one.name}
            <Info label={t("about", { name: one.name })}>{one.definition}</Info>
          </dt>
          <dd className="num font-medium">
            {one.text ?? (
              <span className="text-ink-3" title={t("noData")}>
                {NO_DATA}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function SummaryEvents({ answer }: { answer: Answer }) {
  const t = useTranslations("customer");
  const locale = useLocale();
  return (
    <section className="grid gap-1">
      <h3 className="text-[13px] font-medium text-ink-2">{t("lastEvents")}</h3>
      {answer.events.length === 0 && <p className="text-[13px] text-ink-3">{t("noEvents")}</p>}
      <ul className="divide-y divide-line text-[13px]">
        {answer.events.map((event) => (
          <li key={event.messageId} className="flex flex-wrap items-baseline justify-between gap-x-3 py-1.5">
            <span>
              {event.kindName}
              {event.amount !== null && (
                <span className="num ml-2">{formatMoney(event.amount, answer.currency, locale)}</span>
              )}
            </span>
            <time dateTime={event.occurredAt} className="num text-xs text-ink-3">
              {formatInstant(new Date(event.occurredAt), answer.timeZone, locale)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
