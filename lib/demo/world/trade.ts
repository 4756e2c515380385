import { KIND } from "@/lib/intake/kinds";
import { channels } from "./channels";
import { DAY_MINUTES, type Deed, ITEMS_PER_STALL, type Life, STALLS, skuName, visitStart } from "./deed";
import { atOrder, truth } from "./parameters";
import { type Random, stream } from "./random";

const REFUNDED_ORDERS = { sound: 0.04, cheap: 0.14 };
const COUPON_DISCOUNT = 0.1;
const TOPICS = ["slow_delivery", "rude_support", "wrong_goods", "poor_quality"] as const;

/** One to three lines whose prices add up to the amount, in yuan. */
function orderItems(random: Random, amount: number) {
  const lines = random.integer(1, 4);
  let rest = amount;
  return Array.from({ length: lines }, (_, i) => {
    const quantity = random.integer(2, 13);
    const share = i === lines - 1 ? rest : Math.round(rest * (0.3 + 0.3 * random.next()));
    rest -= share;
    const sku = skuName(random.integer(1, STALLS + 1), random.integer(1, ITEMS_PER_STALL + 1));
    return { sku, quantity, price: Math.round(share / quantity) / 100 };
  });
}

/** Orders with what comes before and after them: the full cart, the refund, the complaint. */
export function tradeDeeds(life: Life): Deed[] {
  const { shop, frame } = life;
  const random = stream(frame.seed, "trade", shop.index);
  const { couponOrders } = truth.sensitivity;
  const couponRate = shop.sensitivity === "price" ? couponOrders.price : couponOrders.others;
  const refundRate = REFUNDED_ORDERS[channels[shop.channel].cheap ? "cheap" : "sound"];
  const deeds: Deed[] = [];
  for (const order of life.orders) {
    const start = visitStart(random, life, order.on);
    const minute = Math.min(start + 15 + random.next() * 20, (order.on + 1) * DAY_MINUTES - 1);
    const full = shop.orderAmount * atOrder(truth.loyalty.amount, order.nth) * random.logNormal(1, 0.2);
    const coupon = random.chance(couponRate);
    const discount = coupon ? Math.round(full * COUPON_DISCOUNT) : 0;
    const amount = Math.max(1, Math.round(full) - discount);
    const items = orderItems(random, amount + discount);
    const orderId = `${shop.key}-${order.nth}`;
    deeds.push({ minute: minute - 6, kind: KIND.cart, props: { sku: items[0]?.sku, items } });
    deeds.push({
      minute,
      kind: KIND.order,
      amount,
      props: {
        orderId,
        currency: "CNY",
        items,
        ...(coupon ? { coupon: `SAVE${random.pick([10, 20, 30])}`, discount: discount / 100 } : {}),
      },
    });
    if (random.chance(refundRate)) {
      const back = random.chance(0.5) ? amount : Math.round(amount * (0.2 + 0.5 * random.next()));
      const after = random.integer(2, 7) * DAY_MINUTES;
      const props = { orderId, currency: "CNY", reason: random.pick(["defect", "wrong_size", "late"]) };
      deeds.push({ minute: minute + after, kind: KIND.refund, amount: -back, props });
    }
    if (order.complaint)
      deeds.push({
        minute: minute + (1 + random.next() * 2) * DAY_MINUTES,
        kind: KIND.complaint,
        props: { topic: random.pick(TOPICS), orderId },
      });
  }
  return deeds;
}

/** Invitations that worked: the share that brought another shop, on the day before that shop signed up. */
export function invitationDeeds(life: Life): Deed[] {
  const random = stream(life.frame.seed, "invitations", life.shop.index);
  return life.referred.map(({ key, signUpOn }) => ({
    minute: visitStart(random, life, signUpOn - 1),
    kind: KIND.share,
    props: { via: "invitation", referred: key },
  }));
}
