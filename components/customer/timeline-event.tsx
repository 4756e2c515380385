"use client";

import { useLocale, useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import type { TimelineEvent } from "@/lib/customers/schema";
import { formatInstant } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import { JsonEntries } from "./json-value";

export type ShownEvent = Omit<TimelineEvent, "occurredAt"> & { occurredAt: string };

interface Item {
  name: string;
  quantity: number | null;
}

/** The goods of an order, as far as they are written as such. */
function itemsOf(properties: ShownEvent["properties"]): Item[] {
  const items = properties?.items;
  if (!Array.isArray(items)) return [];
  return items.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null) return [];
    const { sku, name, quantity } = one as Record<string, unknown>;
    const shown = name ?? sku;
    if (typeof shown !== "string" && typeof shown !== "number") return [];
    return [{ name: String(shown), quantity: typeof quantity === "number" ? quantity : null }];
  });
}

/** What an event was about, where it says so in a word. */
function subjectOf(properties: ShownEvent["properties"]): string | null {
  for (const key of ["target", "sku", "query", "topic", "reason", "url"]) {
    const value = properties?.[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

/** One event: when, what, how much, where from; its properties on demand. */
export function EventRow({
  event,
  kind,
  timeZone,
  currency,
}: {
  event: ShownEvent;
  kind: string;
  timeZone: string;
  currency: string;
}) {
  const t = useTranslations("customer");
  const locale = useLocale();
  const at = new Date(event.occurredAt);
  const items = itemsOf(event.properties);
  const subject = subjectOf(event.properties);
  const entries = Object.entries(event.properties ?? {});
  const about = items.length
    ? items
        .map((item) =>
          [item.name, item.quantity && t("itemQuantity", { quantity: item.quantity })]
            .filter(Boolean)
            .join(" "),
        )
        .join(locale === "en" ? ", " : "、")
    : subject;
  const line = (
    <>
      <time
        dateTime={event.occurredAt}
        title={formatInstant(at, timeZone, locale)}
        className="num mr-3 inline-block w-16 text-xs text-ink-3"
      >
        {formatInstant(at, timeZone, locale, "time")}
      </time>
      <span className="font-medium">{kind}</span>
      {event.amount !== null && (
        <span className={classNames("num ml-3", event.amount < 0 && "text-danger")}>
          {formatMoney(event.amount, currency, locale)}
        </span>
      )}
      {about && (
        <span lang="" className="ml-3 break-words text-ink-2">
          {about}
        </span>
      )}
      <span className="ml-3 text-xs text-ink-3">{t("source", { source: event.source })}</span>
      {event.homeCustomerId !== null && <span className="ml-3 text-xs text-ink-3">{t("joinedEvent")}</span>}
    </>
  );
  return (
    <li data-testid="event" data-kind={event.kind}>
      {entries.length === 0 ? (
        <p className="py-2 pr-3 pl-7">{line}</p>
      ) : (
        <details>
          <summary className="rounded px-3 py-2 hover:bg-sunken">{line}</summary>
          {/* Keys and values are the sender's words, in whatever language. */}
          <div lang="" className="pb-3 pl-7">
            <JsonEntries entries={entries} />
          </div>
        </details>
      )}
    </li>
  );
}
