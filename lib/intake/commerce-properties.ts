import { type Exact, exactDecimal } from "./amount";
import { KIND } from "./kinds";

type Properties = Record<string, unknown>;

/** Where the Segment e-commerce spec and its neighbours keep what our kinds call otherwise; the first that is there counts. */
const renamed: Record<number, Record<string, readonly string[]>> = {
  [KIND.view]: { sku: ["product_id", "productId"] },
  [KIND.like]: { target: ["product_id", "productId"] },
  [KIND.comment]: { target: ["product_id", "productId"], text: ["review_body", "comment"] },
  [KIND.share]: { target: ["product_id", "productId"], via: ["share_via"] },
  [KIND.cart]: { sku: ["product_id", "productId"] },
  [KIND.order]: { orderId: ["order_id", "checkout_id"] },
  [KIND.refund]: { orderId: ["order_id", "checkout_id"] },
  [KIND.favourite]: { target: ["product_id", "productId"] },
};
const withItems = new Set<number>([KIND.cart, KIND.order, KIND.refund]);

/**
 * Properties in our own words: `order_id` becomes `orderId`, `products` become `items` of { sku, name, quantity, price }.
 * Names we do not read stay as they were sent; a name of ours that the sender used wins.
 */
export function canonicalProperties(kind: number, sent: Properties): Properties {
  const properties = { ...sent };
  for (const [name, others] of Object.entries(renamed[kind] ?? {})) {
    const found = others.find((other) => isGiven(sent[other]));
    if (!isGiven(sent[name]) && found !== undefined) {
      properties[name] = sent[found];
      delete properties[found];
    }
  }
  if (withItems.has(kind) && properties.items === undefined && Array.isArray(sent.products)) {
    properties.items = sent.products.map(canonicalItem);
    delete properties.products;
  }
  return properties;
}

function canonicalItem(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return sent;
  const { product_id, productId, ...item } = sent as Properties;
  const sku = [item.sku, product_id, productId, item.name].find(isGiven);
  const { quantity } = item;
  const count =
    typeof quantity === "string" && /^-?\d+(\.\d+)?$/.test(quantity) ? Number(quantity) : quantity;
  return { ...item, ...(sku !== undefined && { sku }), ...(count !== undefined && { quantity: count }) };
}

/** Σ quantity × price of the items, exact, in major units; null when any of them has no price. */
export function itemsTotal(items: unknown): Exact | null {
  if (!Array.isArray(items) || items.length === 0) return null;
  let total: Exact | null = null;
  for (const item of items as Properties[]) {
    const price = exactDecimal(item?.price, "price");
    const quantity = exactDecimal(item?.quantity ?? 1, "quantity");
    if (!price.ok || !quantity.ok) return null;
    const line: Exact = price.value.times(quantity.value);
    total = total ? total.plus(line) : line;
  }
  return total;
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== "";
