import { pinyin } from "pinyin-pro";
import type { InitialsOf } from "./match";

/** First letters of a text's pinyin, words of other scripts left out: 生命周期看板 → smzqkb. */
export const pinyinInitials: InitialsOf = (text) =>
  /\p{Script=Han}/u.test(text)
    ? pinyin(text, { pattern: "first", toneType: "none", type: "array", nonZh: "removed" }).join("")
    : "";
