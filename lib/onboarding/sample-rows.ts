import { beginningOf, frameOf } from "@/lib/demo/world/frame";
import { imagineWorld, worldRows } from "@/lib/demo/world/world";
import { type InboxRow, messageUuid } from "@/lib/intake/inbox";
import { addDays, localDay, startOfDay } from "@/lib/platform/day";
import { currencyDecimals } from "@/lib/platform/money";

/** How much is imagined: enough for every stage to have somebody, little enough to be there within a minute. */
export const SAMPLE_SIZE = { seed: 7, shops: 300, days: 200 } as const;

const DAY_MS = 86_400_000;
/** What the imagined marketplace calls its shops, wherever it names one. */
const SHOP_NAME = /\b(shop-\d{5})\b/g;

const sampleName = (text: string): string => text.replace(SHOP_NAME, "sample-$1");
const sampleNames = <T>(value: T): T =>
  value === null ? value : JSON.parse(sampleName(JSON.stringify(value)));
const ownUuid = (text: string): string => messageUuid(`sample/${text}`);

/**
 * The events of a small imagined marketplace as rows of the inbox: its days are local days of `timeZone` and end at `until`,
 * its amounts are minor units of `currency` (the number of yuan, called by the other name). Every id begins with "sample-",
 * so that nobody real is taken for one of them. The same arguments give the same rows.
 */
export function* sampleRows(p: {
  sourceId: number;
  timeZone: string;
  currency: string;
  until: Date;
  size?: { seed: number; shops: number; days: number };
}): Generator<InboxRow> {
  const size = { ...(p.size ?? SAMPLE_SIZE), lastDay: localDay(p.until, p.timeZone) };
  const { firstDay } = frameOf(size);
  const beginning = beginningOf(frameOf(size));
  const midnights = new Map<number, number>();
  /** The same time of the same day in the workspace's zone. */
  const inZone = (at: Date): Date => {
    const sinceBeginning = at.getTime() - beginning;
    const on = Math.floor(sinceBeginning / DAY_MS);
    let midnight = midnights.get(on);
    if (midnight === undefined) {
      midnight = startOfDay(addDays(firstDay, on), p.timeZone).getTime();
      midnights.set(on, midnight);
    }
    return new Date(midnight + (sinceBeginning - on * DAY_MS));
  };
  const perFen = 10 ** (currencyDecimals(p.currency) - 2);
  for (const row of worldRows(imagineWorld(size), p.sourceId)) {
    const occurredAt = inZone(row.occurredAt);
    if (occurredAt > p.until) continue;
    yield {
      ...row,
      occurredAt,
      receivedAt: new Date(occurredAt.getTime() + 1_000),
      messageId: ownUuid(row.messageId),
      userKey: row.userKey && sampleName(row.userKey),
      previousKey: row.previousKey && sampleName(row.previousKey),
      anonymousKey: row.anonymousKey && ownUuid(row.anonymousKey),
      externalKeys: sampleNames(row.externalKeys),
      amount: row.amount && Math.round(row.amount * perFen),
      props: sampleNames(row.props),
      traits: sampleNames(row.traits),
    };
  }
}
