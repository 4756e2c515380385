import { type InboxRow, messageUuid } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";

/** A generator of numbers in [0, 1): the same seed gives the same sequence. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const DAY_MS = 86_400_000;
const kinds = [KIND.view, KIND.login, KIND.cart, KIND.order, KIND.order, KIND.follow, KIND.complaint];

/**
 * `events` accepted events of `customers` known customers in the `days` before `until`, in no order of time, a tenth of
 * them refunds of a fixed amount. Message ids are `<prefix>-0`, `<prefix>-1`, …
 */
export function randomEvents(p: {
  sourceId: number;
  customers: number;
  events: number;
  days: number;
  until: Date;
  seed: number;
  prefix: string;
}): InboxRow[] {
  const random = randomOf(p.seed);
  return Array.from({ length: p.events }, (_, index) => {
    const refund = random() < 0.1;
    const kind = refund ? KIND.refund : kinds[Math.floor(random() * kinds.length)]!;
    const amount = refund ? -500 : kind === KIND.order ? 1_000 + Math.floor(random() * 20_000) : null;
    return {
      sourceId: p.sourceId,
      kind,
      receivedAt: p.until,
      occurredAt: new Date(p.until.getTime() - Math.floor(random() * p.days * DAY_MS)),
      messageId: messageUuid(`${p.prefix}-${index}`),
      userKey: `customer-${Math.floor(random() * p.customers)}`,
      anonymousKey: null,
      previousKey: null,
      externalKeys: null,
      amount,
      channel: null,
      props: null,
      traits: null,
    };
  });
}
