/** What personal data a value may be. Decided by the key it stands under, or by its own shape where that leaves no doubt. */
export type PersonalKind =
  | "email"
  | "phone"
  | "id_card"
  | "bank_card"
  | "wechat"
  | "device"
  | "name"
  | "address"
  | "ip"
  | "birthday";

/** Keys by their words: userEmail, user_email and "User Email" are all `user_email`. */
const keyWords = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_");

const whose =
  "(?:user|customer|member|contact|buyer|receiver|recipient|consignee|display|wechat|sender|billing|shipping)";

/** The end of a key says what its value is: `email_verified` is no address, `home_phone` is a phone. Tried in order. */
const byKey: readonly [PersonalKind, RegExp][] = [
  ["email", /(?:^|_)(?:e_?mail)(?:_address)?$|邮箱(?:地址)?$|電郵$|电子邮件$/u],
  [
    "phone",
    /(?:^|_)(?:tel|phone|mobile|telephone|cellphone|mobilephone|msisdn|whatsapp)(?:_?(?:number|no|num))?$|手机号?码?$|手機號?碼?$|电话号?码?$/u,
  ],
  [
    "id_card",
    /(?:^|_)(?:id_?card|identity_?card|id_?number|national_id|passport|ssn)(?:_?(?:number|no|num))?$|身份证号?码?$|护照号?码?$/u,
  ],
  [
    "bank_card",
    /(?:^|_)(?:bank_?card|card_?number|card_no|bank_?account|iban)(?:_?(?:number|no))?$|银行卡号?$/u,
  ],
  ["wechat", /(?:^|_)(?:open_?id|union_?id|wechat_id|weixin|wxid|qq)$|微信号?$/u],
  ["device", /(?:^|_)(?:imei|idfa|idfv|oaid|gaid|android_id|mac_address)$/u],
  ["ip", /(?:^|_)ip(?:_?(?:address|v4|v6))?$/u],
  [
    "name",
    new RegExp(
      `^name$|(?:^|_)(?:(?:real|full|first|last|family|given|middle|nick|user|legal|${whose})_?name|surname|nick|receiver|recipient|consignee)$|姓名$|昵称$|暱稱$|收货人$|收件人$|联系人$|用户名$`,
      "u",
    ),
  ],
  [
    "address",
    /(?:^|_)(?:address|addr|street|address_?line_?\d|address_?\d|postcode|zip_?code)$|地址\d?$|住址$|邮编$/u,
  ],
  ["birthday", /(?:^|_)(?:birthday|birth_?date|date_of_birth|dob)$|生日$|出生日期$/u],
];

const LETTER_OR_DIGIT = "[A-Za-z0-9]";
/** Begins where a word begins, so that a long text is read once and not from each of its letters. */
const emailAddress =
  "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]+@(?:[\\p{L}\\p{N}-]+\\.)+[\\p{L}]{2,24}(?:@[\\p{L}\\p{N}.-]+)*";
const chineseMobile = `(?<!${LETTER_OR_DIGIT})(?:\\+?86[ -]?)?1[3-9]\\d(?:[ -]?\\d{4}){2}(?!${LETTER_OR_DIGIT})`;
/** 18 places with a date in the middle: order numbers of that length hardly ever have one. */
const idCardNumber = `(?<!${LETTER_OR_DIGIT})[1-9]\\d{5}(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx](?!${LETTER_OR_DIGIT})`;

/** Shapes that are personal wherever they stand, inside a sentence too. */
export const personalShapes: readonly [PersonalKind, RegExp][] = [
  ["email", new RegExp(emailAddress, "gu")],
  ["id_card", new RegExp(idCardNumber, "gu")],
  ["phone", new RegExp(chineseMobile, "gu")],
];

/** Shapes that are personal when they are the whole value. */
const wholeShapes: readonly [PersonalKind, RegExp][] = [
  ["phone", /^\+\d[\d ().-]{5,20}\d$/],
  // A WeChat openid: 28 characters beginning with o, upper and lower case mixed.
  ["wechat", /^o(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{27}$/],
];

/** What the whole value is, by its key or its shape; null when nothing personal is known of it. */
export function personalKind(key: string, text: string): PersonalKind | null {
  if (text.trim() === "") return null;
  const words = keyWords(key).replace(/^_+|_+$/g, "");
  const found =
    byKey.find(([, ends]) => ends.test(words)) ?? wholeShapes.find(([, shape]) => shape.test(text));
  return found?.[0] ?? null;
}
