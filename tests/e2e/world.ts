/** Who and what the browser tests find: tests/e2e/seed.ts makes it, the journeys rely on it. */
export const PASSWORD = "correct horse battery";

export const people = {
  /** Manager of every workspace but the team. */
  manager: { email: "manager@e2e.test", name: "Mei 梅" },
  /** Operator of the harbour alone. */
  operator: { email: "operator@e2e.test", name: "Ola" },
  /** Analyst of the harbour: reads, but does not move clocks. */
  analyst: { email: "analyst@e2e.test", name: "Ana" },
  /** Admin of the harbour: looks, and changes nothing. */
  admin: { email: "admin@e2e.test", name: "Ada" },
  /** Admin of the team. */
  lead: { email: "lead@e2e.test", name: "Lea" },
  /** Operator of the team who is suspended by a journey. */
  mate: { email: "mate@e2e.test", name: "Max" },
  /** Operator of the harbour who signs in with many browsers and changes the password. */
  roamer: { email: "roamer@e2e.test", name: "Rob" },
  /** Operator of the harbour who changes the language. */
  linguist: { email: "linguist@e2e.test", name: "Lin" },
  /** Operator of the harbour who saves views. */
  viewer: { email: "viewer@e2e.test", name: "Vi" },
  /** Operator and analyst of the quay alone. */
  clerk: { email: "clerk@e2e.test", name: "Cleo" },
  reader: { email: "reader@e2e.test", name: "Rea" },
  /** Member of the live workspace alone. */
  outsider: { email: "outsider@e2e.test", name: "Odd" },
  /** Operator of the yards, who brings files in. */
  importer: { email: "importer@e2e.test", name: "Ines" },
  /** Admin of the offices, who changes their settings. */
  keeper: { email: "keeper@e2e.test", name: "Kim" },
  /** Admin of the new shops, alone there. */
  founder: { email: "founder@e2e.test", name: "Fay" },
  /** Admin of the wharves, who makes sources, and of the vault. */
  wharfinger: { email: "wharfinger@e2e.test", name: "Wim" },
  /** Analyst of the wharves: looks at sources, and changes none. */
  watcher: { email: "watcher@e2e.test", name: "Wen" },
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
/** Nobody's customers: its members come and go in journeys. */
export const team = { slug: "team", name: "团队 Team" } as const;
/** Like the harbour, smaller; its clock is moved by a journey. */
export const island = { slug: "island", name: "小岛 Island", today: "2026-03-31" } as const;
/** Empty before and after a file went through; one for each language the journey is made in. */
export const yards = {
  "zh-CN": { slug: "yard-zh", name: "货场 Yard", today: "2026-06-30" },
  en: { slug: "yard-en", name: "货场 Yard", today: "2026-06-30" },
} as const;
/** Empty workspaces whose settings are changed; one for each language the journey is made in. */
export const offices = {
  "zh-CN": { slug: "office-zh", name: "办公室 Office" },
  en: { slug: "office-en", name: "办公室 Office" },
} as const;
/** New and empty: one is filled with a file, the other with sample data. */
export const shops = {
  "zh-CN": { slug: "shop-zh", name: "新店铺 Shop" },
  en: { slug: "shop-en", name: "新店铺 Shop" },
} as const;
/** A file of the harbour that waits to be mapped: the first import there is. */
export const waitingImport = { id: 1, name: "六月订单.csv" } as const;
/** A tea shop whose customers have names, phones and a past: the customer page's own workspace. */
export const teahouse = {
  slug: "teahouse",
  name: "茶馆 Teahouse",
  today: "2026-06-30",
  customers: 4,
  /** The anonymous visitor that turned out to be the regular. The teahouse is filled first, so ids count from 1. */
  visitor: 1,
  /** The customer with everything: traits, joined ids, a long timeline, several stages. */
  regular: {
    id: 2,
    key: "13812345678",
    masked: "138****5678",
    email: "ana.lee@shop.example",
    maskedEmail: "a***@s***.example",
    views: 12,
    events: 12 + 6 + 1 + 1,
  },
} as const;
/** Customers with e-mail addresses for names and a plan each; journeys tag and export them. */
export const quay = { slug: "quay", name: "码头 Quay", today: "2026-06-30", customers: 60 } as const;
/** Without sources; one for each language the journey is made in. */
export const wharves = {
  "zh-CN": { slug: "wharf-zh", name: "码头 Wharf" },
  en: { slug: "wharf-en", name: "码头 Wharf" },
} as const;
/** The first source there is: of the harbour, with refused events. */
export const website = { id: 1, name: "官网 Web" } as const;
/** Its audit log has three entries; somebody changed the second in the database. */
export const vault = { slug: "vault", name: "金库 Vault", brokenAt: 2 } as const;
