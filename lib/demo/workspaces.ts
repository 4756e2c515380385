import type { LifecycleThresholds } from "@/lib/stages/default-model";

/** A demo workspace as it is created. Clocks are fixed where the data ends: "today" is the day after the last event. */
export interface DemoWorkspace {
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  locale: "zh-CN" | "en";
  clockAt: Date;
  thresholds: LifecycleThresholds;
}

// Thresholds come from each workspace's own distribution; docs/demo-data.md shows the quantiles they were read from.
// Revenue gates are minor units.

export const onlineRetail: DemoWorkspace = {
  slug: "online-retail",
  name: "Online Retail 英国礼品批发",
  timeZone: "Europe/London",
  currency: "GBP",
  locale: "zh-CN",
  clockAt: new Date("2011-12-10T00:00:00Z"),
  thresholds: {
    growth: { orders: 2, revenue: 30_000, interval: null },
    stable: { orders: 5, revenue: 150_000, interval: 90 },
    mature: { orders: 10, revenue: 400_000, interval: 45 },
    rhythm: { declineRatio: 1.5, churnRatio: 3, fewOrders: 3, declineDays: 90, churnDays: 180 },
  },
};

export const cdnow: DemoWorkspace = {
  slug: "cdnow",
  name: "CDNOW 唱片店 1997",
  // The file has days without a zone; the shop stood in Pennsylvania.
  timeZone: "America/New_York",
  currency: "USD",
  locale: "zh-CN",
  clockAt: new Date("1998-07-01T00:00:00-04:00"),
  thresholds: {
    growth: { orders: 2, revenue: 4_000, interval: null },
    stable: { orders: 4, revenue: 12_000, interval: 120 },
    mature: { orders: 7, revenue: 25_000, interval: 90 },
    rhythm: { declineRatio: 1.5, churnRatio: 3, fewOrders: 3, declineDays: 120, churnDays: 240 },
  },
};

export const marketplace: DemoWorkspace = {
  slug: "world",
  name: "想象的批发市场 Imagined marketplace",
  timeZone: "Asia/Shanghai",
  currency: "CNY",
  locale: "zh-CN",
  clockAt: new Date("2026-11-01T00:00:00+08:00"),
  thresholds: {
    growth: { orders: 2, revenue: 100_000, interval: null },
    stable: { orders: 5, revenue: 500_000, interval: 21 },
    mature: { orders: 10, revenue: 1_200_000, interval: 14 },
    rhythm: { declineRatio: 1.5, churnRatio: 3, fewOrders: 3, declineDays: 45, churnDays: 90 },
  },
};
