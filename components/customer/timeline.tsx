"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { getJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { TimelinePage } from "@/lib/customers/schema";
import { groupTimeline, type TimelineEntry } from "@/lib/customers/timeline-groups";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay, formatInstant } from "@/lib/platform/i18n/format";
import { useReveal } from "./reveal-context";
import { EventRow, type ShownEvent } from "./timeline-event";
import { type ShownTransition, TransitionRow } from "./timeline-transition";

/** A page as it comes over the wire: instants are texts. */
export type ShownPage = Omit<TimelinePage, "events"> & { events: ShownEvent[] };

/** What a customer did, newest first, by day; older pages are fetched when asked for. */
export function Timeline({
  url,
  first,
  transitions,
  kindNames,
  timeZone,
  currency,
}: {
  /** The route with its filter; `after` is added to it. */
  url: string;
  first: ShownPage;
  transitions: ShownTransition[];
  kindNames: Record<string, string>;
  timeZone: string;
  currency: string;
}) {
  const t = useTranslations("customer");
  const locale = useLocale();
  const { revealed, showEvents } = useReveal();
  const [pages, setPages] = useState([first]);
  const [failure, setFailure] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const next = pages.at(-1)!.next;
  const events = pages.flatMap((page) => page.events);
  const counts = new Map(pages.flatMap((page) => page.days.map((one) => [one.day, one.events] as const)));

  const ids = events.map((event) => event.messageId);
  const shown = useRef(showEvents);
  useEffect(() => shown.current(ids));
  useEffect(() => {
    const show = shown.current;
    return () => show([]);
  }, []);

  async function loadMore() {
    setAsking(true);
    const answer = await getJson(`${url}&after=${next}`);
    setAsking(false);
    setFailure(answer.ok ? null : answer.message);
    if (answer.ok) setPages([...pages, answer.body as ShownPage]); // our own route's answer, same deployment
  }

  const clear = (event: ShownEvent): ShownEvent =>
    revealed && event.messageId in revealed.properties
      ? { ...event, properties: revealed.properties[event.messageId]! }
      : event;
  const row = (event: ShownEvent) => (
    <EventRow
      key={event.messageId}
      event={clear(event)}
      kind={kindNames[event.kind] ?? event.kind}
      timeZone={timeZone}
      currency={currency}
    />
  );
  const entry = (one: TimelineEntry<ShownEvent, ShownTransition>) => {
    if (one.type === "event") return row(one.event);
    if (one.type === "transition")
      return <TransitionRow key={`t${one.transition.seq}`} transition={one.transition} timeZone={timeZone} />;
    const kind = kindNames[one.kind] ?? one.kind;
    const count = formatCount(one.events.length, locale);
    const time = (at: string) => formatInstant(new Date(at), timeZone, locale, "time");
    return (
      <li key={one.events[0]!.messageId} data-testid="run" data-events={one.events.length}>
        <details>
          <summary
            className="rounded px-3 py-2 hover:bg-sunken"
            aria-label={t("runOpen", {
              kind,
              count,
              from: time(one.events.at(-1)!.occurredAt),
              to: time(one.events[0]!.occurredAt),
            })}
          >
            <span className="num mr-3 inline-block w-16 text-xs text-ink-3">
              {time(one.events[0]!.occurredAt)}
            </span>
            <span className="font-medium">{t("run", { kind, count })}</span>
          </summary>
          <ul className="border-l-2 border-line pl-3">{one.events.map(row)}</ul>
        </details>
      </li>
    );
  };

  return (
    <div className="grid gap-4">
      {groupTimeline(events, transitions, next === null).map(({ day, entries }) => (
        <section key={day} data-testid="timeline-day" data-day={day}>
          <h2 className="sticky top-0 z-10 flex items-baseline gap-3 border-b border-line bg-surface py-1.5 text-[13px] font-medium">
            <time dateTime={day}>{formatDay(day as Day, locale)}</time>
            {counts.has(day) && (
              <data value={counts.get(day)} className="num text-xs font-normal text-ink-3">
                {t("dayCount", { count: formatCount(counts.get(day)!, locale), n: counts.get(day)! })}
              </data>
            )}
          </h2>
          <ul className="divide-y divide-line text-[13px]">{entries.map(entry)}</ul>
        </section>
      ))}
      {failure && (
        <Banner tone="error" action={<Button onClick={loadMore}>{t("retry")}</Button>}>
          {t("loadFailed", { message: failure })}
        </Banner>
      )}
      {next ? (
        <Button className="justify-self-center" disabled={asking} onClick={loadMore}>
          {asking ? t("loading") : t("more")}
        </Button>
      ) : (
        <p className="text-center text-xs text-ink-3">{t("end")}</p>
      )}
    </div>
  );
}
