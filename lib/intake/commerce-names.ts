import { standardKinds } from "./kinds";

/** Names other tools use for our standard kinds: the Segment e-commerce spec, common login names, and Chinese. */
const aliases: Record<string, readonly string[]> = {
  view: [
    "Product Viewed",
    "Product List Viewed",
    "Promotion Viewed",
    "Page Viewed",
    "Screen Viewed",
    "Viewed",
    "瀏覽",
  ],
  like: ["Liked", "Product Liked", "點贊"],
  comment: ["Commented", "Product Reviewed", "評論", "评价"],
  share: ["Shared", "Product Shared", "Cart Shared", "分享"],
  cart: ["Product Added", "Added to Cart", "Add to Cart", "加入购物车", "加購"],
  order: ["Order Completed", "Completed Order", "Purchase", "购买", "支付", "購買", "下單"],
  login: ["Signed In", "Logged In", "Sign In", "User Signed In", "登录", "登錄"],
  search: ["Products Searched", "Searched", "搜索"],
  favourite: ["Product Added to Wishlist", "Favorite", "Favorited", "Favourited", "Wishlist", "收藏"],
  follow: ["Followed", "关注", "關注"],
  // A cancelled order was counted when it was completed, so cancelling gives the money back like a refund.
  refund: ["Order Refunded", "Order Cancelled", "Order Canceled", "Refunded", "退款", "退货"],
  complaint: ["Complained", "Complaint Filed", "投诉", "投訴"],
};

/** Case, width and separators do not distinguish names: "Order Completed" = "order_completed" = "orderCompleted". */
export const eventNameKey = (name: string) =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_.\-:]+/g, "");

const kindsByName = new Map<string, number>();
for (const kind of standardKinds) {
  for (const name of [kind.key, kind.names.zh, kind.names.en, ...(aliases[kind.key] ?? [])])
    for (const written of [name, eventNameKey(name)]) kindsByName.set(written, kind.id);
}

/** The standard kind a sender means by that event name; null when the name is the sender's own. */
export const standardKindOf = (name: string): number | null =>
  kindsByName.get(name) ?? kindsByName.get(eventNameKey(name)) ?? null;
