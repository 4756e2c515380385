import type { Rule } from "./schema";

/** A rule as an address carries it: its JSON in base64url, so that nothing in it needs escaping. */
export function ruleToText(rule: Rule): string {
  const bytes = new TextEncoder().encode(JSON.stringify(rule));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
