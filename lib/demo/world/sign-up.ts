import { KIND } from "@/lib/intake/kinds";
import { DAY_MINUTES, type Deed, ITEMS_PER_STALL, type Life, STALLS, skuName } from "./deed";
import { stream } from "./random";

/** Share of owners who look around before they sign up. */
const BROWSE_FIRST = 0.6;
/** Share of owners whose staff changes later: traits have a history. */
const STAFF_CHANGES = 0.1;

/** From the first anonymous look to the profile: views, then the sign-up that links them, then what the shop is like. */
export function signUpDeeds(life: Life): Deed[] {
  const { shop, frame } = life;
  const random = stream(frame.seed, "sign-up", shop.index);
  const signUp = shop.signUpOn * DAY_MINUTES + 420 + random.next() * 180;
  const deeds: Deed[] = [];
  const browses = random.chance(BROWSE_FIRST);
  if (browses) {
    const dayBefore = shop.signUpOn > 0 && random.chance(0.25);
    const start = dayBefore ? signUp - DAY_MINUTES + random.next() * 500 : signUp - 60;
    for (let i = 0, views = random.integer(1, 6); i < views; i++)
      deeds.push({
        minute: start + i * 3 + random.next() * 2,
        kind: KIND.view,
        anonymous: true,
        channel: shop.channel,
        props: { sku: skuName(random.integer(1, STALLS + 1), random.integer(1, ITEMS_PER_STALL + 1)) },
      });
  }
  const brought = life.referrer ? { referred_by: life.referrer } : {};
  deeds.push({
    minute: signUp,
    kind: KIND.profile,
    links: browses,
    channel: shop.channel,
    traits: { ...shop.person, ...brought },
  });
  deeds.push({ minute: signUp + 2, kind: KIND.profile, traits: shop.business });
  if (random.chance(STAFF_CHANGES)) {
    const later = signUp + random.integer(20, 200) * DAY_MINUTES;
    const staff = Number(shop.business.staff) + random.integer(1, 4);
    deeds.push({ minute: later, kind: KIND.profile, traits: { staff } });
  }
  if (life.secondAccount)
    deeds.push({ minute: life.secondAccount.to * DAY_MINUTES + 300, kind: KIND.profile, alias: true });
  return deeds;
}
