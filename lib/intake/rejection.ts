import { z } from "zod";

/** Why an event was not accepted: the stable code senders and the console see, with its name in both languages. */
export const rejectionReasons = {
  malformed_json: { zh: "JSON 格式错误", en: "Malformed JSON" },
  not_an_object: { zh: "不是对象", en: "Not an object" },
  unknown_type: { zh: "未知的消息类型", en: "Unknown message type" },
  missing_field: { zh: "缺少必填字段", en: "Required field missing" },
  bad_field: { zh: "字段类型或格式错误", en: "Field of the wrong type or form" },
  bad_text: { zh: "无法存储的字符", en: "Characters that cannot be stored" },
  bad_number: { zh: "超出范围的数字", en: "Number out of range" },
  too_deep: { zh: "嵌套过深", en: "Nested too deeply" },
  event_too_large: { zh: "事件过大", en: "Event too large" },
  missing_id: { zh: "缺少用户标识", en: "No customer id" },
  bad_id: { zh: "用户标识格式错误", en: "Malformed customer id" },
  generic_id: { zh: "占位用户标识", en: "Placeholder instead of a customer id" },
  bad_timestamp: { zh: "时间无法识别", en: "Unreadable timestamp" },
  future_timestamp: { zh: "时间在未来", en: "Timestamp in the future" },
  ancient_timestamp: { zh: "时间过早", en: "Timestamp too long ago" },
  missing_amount: { zh: "缺少金额", en: "No amount" },
  bad_amount: { zh: "金额格式错误", en: "Malformed amount" },
  amount_out_of_range: { zh: "金额超出范围", en: "Amount out of range" },
  currency_mismatch: { zh: "币种与工作区不一致", en: "Currency is not the workspace's" },
  bad_properties: { zh: "属性不符合事件定义", en: "Properties do not fit the event kind" },
  unprocessable: { zh: "无法入库", en: "Could not be stored" },
  too_many_kinds: { zh: "自定义事件种类过多", en: "Too many custom event kinds" },
} as const;

export type RejectionReason = keyof typeof rejectionReasons;
export const rejectionReason = z.enum(
  Object.keys(rejectionReasons) as [RejectionReason, ...RejectionReason[]],
);

/** One refusal: the reason, where in the event (`properties.revenue`; null = the whole), and the way out in words. */
export interface Rejection {
  reason: RejectionReason;
  path: string | null;
  message: string;
}

/** What a decision about one value comes to: the value, or the refusal. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; rejection: Rejection };

export const accepted = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const rejected = (reason: RejectionReason, path: string | null, message: string) =>
  ({ ok: false, rejection: { reason, path, message } }) as const;

/** Carries a refusal out of nested decoding; never leaves the room. */
export class Refusal extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection.message);
  }
}

/** Ends decoding with this refusal. */
export function refuse(reason: RejectionReason, path: string | null, message: string): never {
  throw new Refusal({ reason, path, message });
}

/** The value of an outcome; a refusal ends decoding. */
export function take<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Refusal(outcome.rejection);
  return outcome.value;
}

/** Runs a decoder that may refuse, and returns the refusal as a value. */
export function outcomeOf<T>(decode: () => T): Outcome<T> {
  try {
    return accepted(decode());
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, rejection: error.rejection };
    throw error;
  }
}
