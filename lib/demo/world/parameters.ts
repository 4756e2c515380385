/** The hidden truths of the imagined marketplace. docs/demo-data.md explains each; analyses must find them from events alone. */
export const truth = {
  /** Loyalty settles at the fifth order, in all three dimensions at once. Entry n-1 belongs to order n; the last holds for all later ones. */
  loyalty: {
    knee: 5,
    /** Probability that an nth order is followed by another, ever. */
    nextOrder: [0.52, 0.62, 0.72, 0.82, 0.92],
    /** The nth order's amount, as a share of the shop's settled one. */
    amount: [0.5, 0.625, 0.75, 0.875, 1],
    /** The wait after the nth order, as a multiple of the shop's own rhythm. */
    wait: [1.8, 1.6, 1.4, 1.2, 1],
  },
  /** Stalls followed on days [0, 30) after sign-up decide the chance of an order on days [30, 60); nothing else does. */
  follows: {
    firstMonthDays: 30,
    bands: [
      { from: 0, to: 5, nextMonth: 0.18 },
      { from: 5, to: 10, nextMonth: 0.36 },
      { from: 10, to: 41, nextMonth: 0.54 },
    ],
  },
  /** Days between orders once loyal: log-normal over shops, and regular within one (Erlang shape). */
  rhythm: { medianDays: 10, sigma: 0.4, shape: 4 },
  /** What a shop reacts to. Never stored as a trait. */
  sensitivity: {
    shares: { price: 0.3, service: 0.2, goods: 0.3, none: 0.2 },
    couponOrders: { price: 0.7, others: 0.15 },
    complaintsPerOrder: { service: 0.2, others: 0.02 },
    /** A service-sensitive shop waits this much longer after a complaint. */
    waitAfterComplaint: 1.8,
    serviceSearches: { service: 0.35, others: 0.04 },
    newArrivalViews: { goods: 0.6, others: 0.15 },
    /** A goods-sensitive shop moves this share of its orders to the weekly new-arrivals day. */
    ordersOnDropDay: 0.6,
  },
  /** Before a loyal shop leaves: weeks of many and weeks of few clicks in turn; logins as ever. */
  beforeChurn: { days: 28, weekDays: 7, high: 2.6, low: 0.2 },
  /** Loyal shops that left and came back: five orders within 30 days of the return decide whether they stay. */
  comeback: {
    share: 0.5,
    silenceDays: 80,
    extraSilenceMean: 15,
    fiveOrders: 0.45,
    laterOrderOtherwise: 0.15,
  },
} as const;

export type Sensitivity = keyof typeof truth.sensitivity.shares;

/** The entry of a per-order curve that holds for the nth order (n from 1). */
export const atOrder = (curve: readonly number[], n: number): number =>
  curve[Math.min(n, curve.length) - 1] as number;

/** What the marketplace keeps of an order's amount: LTV here is revenue, margin is this share of it. */
export const GROSS_MARGIN = 0.25;
