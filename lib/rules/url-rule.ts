import { checkRule } from "./check";
import { askedRule, type Rule } from "./schema";

/** Longest text of a rule in an address; browsers and proxies carry about 8 KB. */
const MAX_RULE_TEXT = 6_000;

/** The rule of an address, held against its limits and the catalogue; null when it cannot be read. Never throws. */
export function ruleFromText(text: string): Rule | null {
  if (text.length > MAX_RULE_TEXT || !/^[\w-]+$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const parsed = askedRule.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    if (!parsed.success) return null;
    checkRule(parsed.data);
    return parsed.data;
  } catch {
    return null;
  }
}
