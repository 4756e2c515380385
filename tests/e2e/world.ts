/** Who and what the browser tests find: tests/e2e/seed.ts makes it, the journeys rely on it. */
export const PASSWORD = "correct horse battery";

export const people = {
  /** Manager of every workspace. */
  manager: { email: "manager@e2e.test", name: "Mei 梅" },
  /** Operator of the harbour alone. */
  operator: { email: "operator@e2e.test", name: "Ola" },
  /** Analyst of the harbour: reads, but does not move clocks. */
  analyst: { email: "analyst@e2e.test", name: "Ana" },
  /** Operator of the harbour who changes the language. */
  linguist: { email: "linguist@e2e.test", name: "Lin" },
  /** Member of the live workspace alone. */
  outsider: { email: "outsider@e2e.test", name: "Odd" },
  /** Member of nothing. */
  stranger: { email: "stranger@e2e.test", name: "Sten" },
} as const;

/** A fixed clock at the end of half a year of orders. */
export const harbour = {
  slug: "harbour",
  name: "港口 Harbour",
  today: "2026-06-30",
  customers: 420,
} as const;
/** A real clock. */
export const live = { slug: "live", name: "实时 Live", customers: 12 } as const;
export const empty = { slug: "fresh", name: "新店 Fresh" } as const;
/** Like the harbour, smaller; its clock is moved by a journey. */
export const island = { slug: "island", name: "小岛 Island", today: "2026-03-31" } as const;
