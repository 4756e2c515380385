import { z } from "zod";

/** Ids of the kinds every workspace has; they are stored, so they never change their meaning. */
export const KIND = {
  view: 1,
  like: 2,
  comment: 3,
  share: 4,
  cart: 5,
  order: 6,
  login: 7,
  search: 8,
  favourite: 9,
  follow: 10,
  refund: 11,
  complaint: 12,
  /** What a sender states about a customer (identify, group): traits, no activity. */
  profile: 20,
} as const;

export const PROFILE = KIND.profile;

/** Kinds a workspace invents have ids from here on (table event_kind). */
export const FIRST_CUSTOM_KIND = 100;

/** The counter of customer_day a standard kind adds to. */
export const dayColumns = [
  "views",
  "likes",
  "comments",
  "shares",
  "carts",
  "orders",
  "logins",
  "searches",
  "favourites",
  "follows",
  "refunds",
  "complaints",
] as const;
export type DayColumn = (typeof dayColumns)[number];

export type StandardKey = Exclude<keyof typeof KIND, "profile">;

export interface StandardKind {
  readonly id: number;
  readonly key: StandardKey;
  readonly names: { readonly zh: string; readonly en: string };
  readonly column: DayColumn;
  /** Canonical properties: what we read must have its type, what a sender adds passes untouched. */
  readonly properties: z.ZodType<Record<string, unknown>>;
}

/** An id as senders write it; 42 and "42" are the same one. */
const id = z.union([z.string().min(1).max(512), z.number().finite().transform(String)]);
const text = z.string().max(8192);
const currency = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as CNY");

const item = z.looseObject({
  sku: id,
  name: text.optional(),
  quantity: z.number().finite().optional(),
  /** Of one piece, in major units as sent; the order's amount is what counts. */
  price: z.union([z.number().finite(), z.string().regex(/^-?\d+(\.\d+)?$/)]).optional(),
});
const items = z.array(item).max(1000);

/** The thing acted on: a product, a post, a person. */
const onSomething = z.looseObject({ target: id.optional() });

/** The twelve kinds every workspace starts with. */
export const standardKinds: readonly StandardKind[] = [
  {
    id: KIND.view,
    key: "view",
    names: { zh: "浏览", en: "View" },
    column: "views",
    properties: z.looseObject({ target: id.optional(), sku: id.optional(), url: text.optional() }),
  },
  {
    id: KIND.like,
    key: "like",
    names: { zh: "点赞", en: "Like" },
    column: "likes",
    properties: onSomething,
  },
  {
    id: KIND.comment,
    key: "comment",
    names: { zh: "评论", en: "Comment" },
    column: "comments",
    properties: z.looseObject({ target: id.optional(), text: text.optional() }),
  },
  {
    id: KIND.share,
    key: "share",
    names: { zh: "分享", en: "Share" },
    column: "shares",
    properties: z.looseObject({ target: id.optional(), via: text.optional() }),
  },
  {
    id: KIND.cart,
    key: "cart",
    names: { zh: "加购", en: "Add to cart" },
    column: "carts",
    properties: z.looseObject({ sku: id.optional(), items: items.optional() }),
  },
  {
    id: KIND.order,
    key: "order",
    names: { zh: "下单", en: "Order" },
    column: "orders",
    properties: z.looseObject({
      orderId: id.optional(),
      currency: currency.optional(),
      items: items.optional(),
    }),
  },
  {
    id: KIND.login,
    key: "login",
    names: { zh: "登录", en: "Login" },
    column: "logins",
    properties: z.looseObject({ via: text.optional() }),
  },
  {
    id: KIND.search,
    key: "search",
    names: { zh: "搜索", en: "Search" },
    column: "searches",
    properties: z.looseObject({ query: text }),
  },
  {
    id: KIND.favourite,
    key: "favourite",
    names: { zh: "收藏", en: "Favourite" },
    column: "favourites",
    properties: onSomething,
  },
  {
    id: KIND.follow,
    key: "follow",
    names: { zh: "关注", en: "Follow" },
    column: "follows",
    properties: z.looseObject({ target: id }),
  },
  {
    id: KIND.refund,
    key: "refund",
    names: { zh: "退款", en: "Refund" },
    column: "refunds",
    properties: z.looseObject({
      orderId: id.optional(),
      currency: currency.optional(),
      items: items.optional(),
      reason: text.optional(),
    }),
  },
  {
    id: KIND.complaint,
    key: "complaint",
    names: { zh: "投诉", en: "Complaint" },
    column: "complaints",
    properties: z.looseObject({ topic: text.optional(), text: text.optional() }),
  },
];

const byId = new Map(standardKinds.map((kind) => [kind.id, kind]));
const byKey = new Map<string, StandardKind>(standardKinds.map((kind) => [kind.key, kind]));

/** The standard kind of that id; undefined for profile and custom kinds. */
export const standardKindById = (kindId: number): StandardKind | undefined => byId.get(kindId);

/** The standard kind of that key ("order"); undefined when a workspace would have to invent it. */
export const standardKindByKey = (key: string): StandardKind | undefined => byKey.get(key);
