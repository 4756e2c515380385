import type { ImportField, ImportKind, ItemField, Mapping } from "./mapping";

/** Header names people and shop systems use, best first; compared without case, spaces and punctuation. */
const fieldNames: Record<ImportField, readonly string[]> = {
  customerId: [
    "customerid", "userid", "memberid", "buyerid", "customer", "user", "member", "buyer", "uid",
    "用户id", "客户id", "会员id", "买家id", "用户编号", "客户编号", "会员编号", "会员号", "会员卡号", "会员名", "买家会员名", "买家昵称", "用户", "客户", "会员",
    "phone", "mobile", "phonenumber", "手机号", "手机号码", "手机", "联系电话", "email", "邮箱",
  ],
  anonymousId: ["anonymousid", "deviceid", "visitorid", "cookieid", "匿名id", "设备id", "访客id"],
  occurredAt: [
    "occurredat", "timestamp", "time", "datetime", "date", "createdat", "orderdate", "ordertime", "invoicedate", "paidat", "eventtime",
    "下单时间", "付款时间", "支付时间", "订单付款时间", "订单创建时间", "创建时间", "成交时间", "订单时间", "发生时间", "事件时间", "时间", "日期", "下单日期", "订单日期",
  ],
  messageId: ["messageid", "eventid", "消息id", "事件id"],
  orderId: ["orderid", "orderno", "ordernumber", "orderkey", "order", "invoiceno", "invoice", "transactionid", "订单号", "订单编号", "订单id", "单号", "交易号", "流水号"],
  amount: [
    // What was paid goes before what was asked for.
    "paidamount", "实付金额", "实收金额", "买家实际支付金额", "实付款", "支付金额", "付款金额", "成交金额",
    "amount", "total", "revenue", "ordertotal", "totalamount", "orderamount", "value", "sales",
    "金额", "订单金额", "总金额", "总价",
  ],
  currency: ["currency", "币种", "货币"],
  channel: ["channel", "utmsource", "source", "渠道", "来源", "来源渠道", "获客渠道"],
  event: ["event", "eventname", "eventtype", "action", "kind", "type", "事件", "事件名", "事件名称", "事件类型", "行为", "行为类型"],
}; // biome-ignore format: tables of names

const itemNames: Record<ItemField, readonly string[]> = {
  sku: ["sku", "stockcode", "productid", "itemid", "商品编码", "商品id", "商品编号", "货号"],
  name: ["productname", "itemname", "description", "product", "商品名称", "商品标题", "宝贝标题", "商品"],
  quantity: ["quantity", "qty", "数量", "购买数量", "商品数量", "件数"],
  price: ["unitprice", "price", "itemprice", "单价", "商品单价", "价格", "商品价格"],
}; // biome-ignore format: tables of names

const externalIdNames: Record<string, readonly string[]> = {
  phone: ["phone", "mobile", "phonenumber", "手机号", "手机号码", "手机", "联系电话"],
  email: ["email", "mail", "邮箱", "电子邮箱"],
  wechat_openid: ["openid", "wechatopenid", "微信openid"],
  wechat_unionid: ["unionid", "wechatunionid", "微信unionid"],
};

const fieldsOf: Record<ImportKind, readonly ImportField[]> = {
  orders: ["customerId", "anonymousId", "occurredAt", "orderId", "amount", "currency", "channel"],
  events: ["customerId", "anonymousId", "occurredAt", "messageId", "event", "channel"],
  customers: ["customerId", "anonymousId", "channel"],
};

const normalised = (name: string) =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-.:()/]+/g, "");

/** Of "properties.total", a key within an object, the last part counts. */
const shortName = (column: string) =>
  normalised(/^[\w.]+$/.test(column) ? column.slice(column.lastIndexOf(".") + 1) : column);

/**
 * The part of a mapping that the header gives away: columns by their usual names in English and Chinese. Orders with
 * quantities and unit prices but no amount are read as lines. Everything else is kept.
 */
export function guessMapping(kind: ImportKind, header: readonly string[]): Partial<Mapping> {
  const taken = new Set<string>();
  const find = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const found = header.find(
        (column) => !taken.has(column) && (normalised(column) === name || shortName(column) === name),
      );
      if (found !== undefined) {
        taken.add(found);
        return found;
      }
    }
    return undefined;
  };
  const columns = present(fieldsOf[kind].map((field) => [field, find(fieldNames[field])]));
  const isLines = kind === "orders" && columns.amount === undefined && columns.orderId !== undefined;
  const items = isLines
    ? present(Object.entries(itemNames).map(([field, names]) => [field, find(names)]))
    : {};
  const externalIds = present(Object.entries(externalIdNames).map(([type, names]) => [type, find(names)]));
  return { columns, ...(Object.keys(items).length > 0 && { items }), externalIds, keepOthers: true };
}

const present = <K extends string>(
  pairs: readonly (readonly [K | string, string | undefined])[],
): Record<string, string> =>
  Object.fromEntries(pairs.filter((pair): pair is [K, string] => pair[1] !== undefined));
