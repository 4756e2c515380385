import { addDays, type Day } from "@/lib/platform/day";
import { stream } from "./random";

/** How a channel brings shops, and what they are like. Amounts in CNY. */
interface ChannelTruth {
  /** Share of sign-ups. */
  share: number;
  /** Spend per sign-up; 0 is a channel nobody pays for. */
  costPerSignUp: number;
  /** Cheap traffic: quick first orders at a discount, then silence. */
  cheap: boolean;
  /** Probability of a first order within 30 days (cheap traffic: within 3). */
  firstOrder: number;
  /** Order amounts against the marketplace's. */
  amount: number;
  /** Shares of shops that follow 0-4, 5-9 and 10 or more stalls in their first month. */
  follows: readonly [number, number, number];
}

const sound = { cheap: false, follows: [0.5, 0.29, 0.21] } as const;
const cheap = { cheap: true, firstOrder: 0.5, amount: 0.25, follows: [0.9, 0.08, 0.02] } as const;

export const channels = {
  organic: { ...sound, share: 0.2, costPerSignUp: 0, firstOrder: 0.5, amount: 1 },
  referral: { ...sound, share: 0.09, costPerSignUp: 50, firstOrder: 0.58, amount: 1.1 },
  wechat_group: { ...sound, share: 0.17, costPerSignUp: 70, firstOrder: 0.5, amount: 0.9 },
  field_sales: { ...sound, share: 0.12, costPerSignUp: 160, firstOrder: 0.55, amount: 1.3 },
  trade_fair: { ...sound, share: 0.08, costPerSignUp: 170, firstOrder: 0.5, amount: 1.25 },
  douyin: { ...sound, share: 0.12, costPerSignUp: 95, firstOrder: 0.45, amount: 0.8 },
  reward_app: { ...cheap, share: 0.12, costPerSignUp: 30 },
  banner_network: { ...cheap, share: 0.1, costPerSignUp: 36 },
} as const satisfies Record<string, ChannelTruth>;

export type Channel = keyof typeof channels;
export const channelNames = Object.keys(channels) as Channel[];
export const cheapChannels = channelNames.filter((name) => channels[name].cheap);

/** What was spent on a channel on a local day; amount in fen. */
export interface ChannelSpend {
  channel: Channel;
  /** Days since the world's first day. */
  dayIndex: number;
  amount: number;
}

/**
 * Daily spend of every paid channel. It follows the sign-ups a channel was expected to bring, not those that came, with 15 %
 * noise a day: spend per sign-up is right over months and meaningless on a day.
 */
export function channelSpend(p: { seed: number; shops: number; days: number }): ChannelSpend[] {
  return channelNames.flatMap((channel) => {
    const { costPerSignUp, share } = channels[channel];
    if (costPerSignUp === 0) return [];
    const random = stream(p.seed, "spend", channel);
    const expected = (p.shops * share * costPerSignUp * 100) / p.days;
    return Array.from({ length: p.days }, (_, dayIndex) => ({
      channel,
      dayIndex,
      amount: Math.round(expected * random.logNormal(1, 0.15)),
    }));
  });
}

/** Spend as CSV for people and spreadsheets: one line a channel and local day, amounts in yuan. */
export function spendCsv(spend: readonly ChannelSpend[], firstDay: Day): string {
  const lines = spend.map(
    (s) => `${s.channel},${addDays(firstDay, s.dayIndex)},${(s.amount / 100).toFixed(2)}`,
  );
  return `channel,day,amount_cny\n${lines.join("\n")}\n`;
}
