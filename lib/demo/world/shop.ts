import { addDays, type Day } from "@/lib/platform/day";
import { type Channel, channelNames, channels } from "./channels";
import type { Frame } from "./frame";
import { type Sensitivity, truth } from "./parameters";
import { type Random, stream } from "./random";

export type ShopSize = "small" | "medium" | "large";

/** One shop owner as the world made them; only keys, channel and traits ever show in events. */
export interface Shop {
  index: number;
  /** The id the marketplace knows the owner by. */
  key: string;
  channel: Channel;
  /** Day of sign-up, counted from the world's first day. */
  signUpOn: number;
  size: ShopSize;
  /** Hidden: what the owner reacts to. */
  sensitivity: Sensitivity;
  /** Hidden: days between orders once loyal. */
  rhythmDays: number;
  /** Hidden: amount of a settled order, in fen. */
  orderAmount: number;
  /** Stalls followed in the first month. */
  follows: number;
  /** Probability of a login on a day of an active spell, and views on such a day. */
  loginRate: number;
  viewsPerDay: number;
  person: Record<string, string | number | boolean>;
  business: Record<string, string | number | boolean>;
}

const SIZE_AMOUNT: Record<ShopSize, number> = { small: 0.7, medium: 1, large: 1.7 };
const PROVINCES = ["浙江", "广东", "江苏", "山东", "河南", "四川", "湖北", "福建", "安徽", "湖南"] as const;

function personTraits(random: Random) {
  return {
    owner_age_band: random.weighted({ "18-25": 12, "26-35": 38, "36-45": 32, "46-55": 14, "56+": 4 }),
    city_tier: random.weighted({ tier_1: 14, new_tier_1: 24, tier_2: 26, tier_3: 22, tier_4: 14 }),
    province: random.pick(PROVINCES),
    wechat: random.chance(0.62),
    app_platform: random.weighted({ android: 58, ios: 34, web: 8 }),
  };
}

function businessTraits(random: Random, size: ShopSize, signUpDay: Day) {
  const [fewest, most] = ({ small: [1, 3], medium: [3, 8], large: [8, 25] } as const)[size];
  return {
    shop_size: size,
    category: random.weighted({ womenswear: 36, menswear: 18, kidswear: 18, shoes_bags: 16, home: 12 }),
    opened_on: addDays(signUpDay, -Math.round(60 + random.exponential(900))),
    staff: random.integer(fewest, most),
    sells_via: random.weighted({ street_shop: 46, livestream: 18, online_shop: 22, market_stall: 14 }),
    branches: size === "large" ? random.integer(1, 6) : 1,
    credit_terms: random.chance(size === "large" ? 0.5 : 0.12),
    city_market: random.weighted({ hangzhou: 40, guangzhou: 35, linyi: 15, wuhan: 10 }),
  };
}

/** Stalls followed in the first month: the band by channel, the number within it falling off towards the top. */
function followCount(random: Random, channel: Channel): number {
  const [few, some, many] = channels[channel].follows;
  const band = truth.follows.bands[{ few: 0, some: 1, many: 2 }[random.weighted({ few, some, many })]];
  if (!band) return 0;
  return Math.min(band.to - 1, band.from + Math.floor(random.exponential(band.from === 10 ? 4 : 2.2)));
}

const shares = Object.fromEntries(channelNames.map((name) => [name, channels[name].share])) as Record<
  Channel,
  number
>;

/** The shop of that number. A pure function of seed and number: no shop depends on how many there are. */
export function imagineShop(frame: Frame, index: number): Shop {
  const random = stream(frame.seed, "shop", index);
  const channel = random.weighted(shares);
  const size = random.weighted<ShopSize>({ small: 55, medium: 33, large: 12 });
  // A marketplace opens with a rush and then grows steadily; the last days bring people who have hardly begun.
  const signUpOn = Math.floor(random.chance(0.08) ? random.next() * 20 : random.next() * frame.days);
  const chance = stream(frame.seed, "habits", index);
  return {
    index,
    key: `shop-${String(index + 1).padStart(5, "0")}`,
    channel,
    signUpOn: Math.min(signUpOn, frame.days - 1),
    size,
    sensitivity: stream(frame.seed, "sensitivity", index).weighted(truth.sensitivity.shares),
    rhythmDays: Math.min(28, Math.max(4, chance.logNormal(truth.rhythm.medianDays, truth.rhythm.sigma))),
    orderAmount: chance.logNormal(125_000, 0.45) * SIZE_AMOUNT[size] * channels[channel].amount,
    follows: followCount(stream(frame.seed, "follows", index), channel),
    loginRate: 0.3 + 0.3 * chance.next(),
    viewsPerDay: 1.2 + 1.4 * chance.next(),
    person: personTraits(stream(frame.seed, "person", index)),
    business: businessTraits(stream(frame.seed, "business", index), size, addDays(frame.firstDay, signUpOn)),
  };
}
