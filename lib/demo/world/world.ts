import { type InboxRow, messageUuid } from "@/lib/intake/inbox";
import { type ChannelSpend, channelSpend } from "./channels";
import { DAY_MINUTES, type Deed, type Life } from "./deed";
import { beginningOf, type Frame, frameOf, type WorldSize } from "./frame";
import { planOrders } from "./order-days";
import { decideOutcomes, type Outcome } from "./outcomes";
import { stream } from "./random";
import { planReferrals } from "./referrals";
import { imagineShop } from "./shop";
import { signUpDeeds } from "./sign-up";
import { planSpells } from "./spells";
import { invitationDeeds, tradeDeeds } from "./trade";
import { visitDeeds } from "./visits";

/** An imagined world: what was planned for every shop. Its events are made when they are read (worldRows). */
export interface World {
  frame: Frame;
  lives: readonly (Life & { outcome: Outcome })[];
}

/** Share of owners with a second account. */
const SECOND_ACCOUNTS = 0.015;

/** The world of that seed and size: the same arguments give the same world, byte for byte, on every machine. */
export function imagineWorld(size: WorldSize = {}): World {
  const frame = frameOf(size);
  const shops = Array.from({ length: frame.shops }, (_, index) => imagineShop(frame, index));
  const outcomes = decideOutcomes(shops, frame.seed);
  const orders = shops.map((shop, i) => planOrders(frame, shop, outcomes[i] as Outcome));
  const spells = shops.map((shop, i) => planSpells(frame, shop, orders[i] as Life["orders"]));
  const { referrer, referred } = planReferrals(frame, shops, spells);
  const lives = shops.map((shop, i) => {
    const accounts = stream(frame.seed, "second account", i);
    const to = shop.signUpOn + accounts.integer(6, 20);
    const second = accounts.chance(SECOND_ACCOUNTS) && to < frame.days;
    return {
      frame,
      shop,
      outcome: outcomes[i] as Outcome,
      orders: (orders[i] as Life["orders"]).filter((order) => order.on < frame.days),
      spells: spells[i] as Life["spells"],
      referrer: shops[referrer.get(i) ?? -1]?.key ?? null,
      referred: (referred.get(i) ?? []).map((index) => shops[index] as Life["shop"]),
      secondAccount: second ? { from: to - 5, to } : null,
    };
  });
  return { frame, lives };
}

/** Everything a shop does within the world's days, in the order of time. */
function deedsOf(life: Life): Deed[] {
  const end = life.frame.days * DAY_MINUTES;
  return [...signUpDeeds(life), ...visitDeeds(life), ...tradeDeeds(life), ...invitationDeeds(life)]
    .filter((deed) => deed.minute < end)
    .sort((a, b) => a.minute - b.minute || a.kind - b.kind);
}

/** The rows of one shop. Message ids count per kind, so a new kind of deed renames none of the others. */
function* rowsOf(life: Life, sourceId: number, beginning: number): Generator<InboxRow> {
  const { shop, frame, secondAccount } = life;
  const counts = new Map<number, number>();
  const second = `${shop.key}-b`;
  const visitor = messageUuid(`visitor/${frame.seed}/${shop.key}`);
  for (const deed of deedsOf(life)) {
    const count = (counts.get(deed.kind) ?? 0) + 1;
    counts.set(deed.kind, count);
    const on = Math.floor(deed.minute / DAY_MINUTES);
    const other =
      secondAccount && deed.traits === undefined && on >= secondAccount.from && on < secondAccount.to;
    const occurredAt = new Date(beginning + Math.round(deed.minute * 60_000));
    const openid = deed.links !== undefined && shop.person.wechat;
    yield {
      sourceId,
      kind: deed.kind,
      receivedAt: new Date(occurredAt.getTime() + 1_000),
      occurredAt,
      messageId: messageUuid(`world/${frame.seed}/${shop.key}/${deed.kind}/${count}`),
      userKey: deed.anonymous ? null : other ? second : shop.key,
      anonymousKey: deed.anonymous || deed.links ? visitor : null,
      previousKey: deed.alias ? second : null,
      externalKeys: openid ? [["wechat_openid", `openid-${shop.key}`]] : null,
      amount: deed.amount ?? null,
      channel: deed.channel ?? null,
      props: deed.props ?? null,
      traits: deed.traits ?? null,
    };
  }
}

/** Every event of the world as rows of the inbox, shop by shop; memory stays at one shop's events. */
export function* worldRows(world: World, sourceId: number): Generator<InboxRow> {
  const beginning = beginningOf(world.frame);
  for (const life of world.lives) yield* rowsOf(life, sourceId, beginning);
}

/** What the world's marketplace spent on its channels, day by day. */
export const worldSpend = (size: { seed?: number; shops?: number; days?: number } = {}): ChannelSpend[] =>
  channelSpend(frameOf(size));
