import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { lifecycleModel } from "@/lib/stages/default-model";

const css = readFileSync(path.resolve(import.meta.dirname, "../../../app/globals.css"), "utf8");

/** Colour tokens declared in the block of a selector. */
function tokensOf(selector: string): Record<string, string> {
  const block = css.match(new RegExp(`\\n${selector.replace(".", "\\.")} \\{([^}]*)\\}`))?.[1] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]),
  );
}

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

function luminance(rgb: number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast of two colours. */
function contrast(a: number[], b: number[]): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** color-mix(in srgb, a share, b). */
const mix = (a: number[], b: number[], share: number): number[] =>
  a.map((value, i) => value * share + (b[i] ?? 0) * (1 - share));

const themes = { light: tokensOf(":root"), dark: { ...tokensOf(":root"), ...tokensOf(".dark") } };

describe.each(Object.entries(themes))("%s theme", (_name, tokens) => {
  const color = (name: string): number[] => channels(tokens[name] ?? "");

  test("declares the same tokens as the other", () => {
    expect(Object.keys(tokensOf(":root"))).toEqual(Object.keys(tokensOf(".dark")));
  });

  test.each([
    ["ink", "surface"],
    ["ink", "canvas"],
    ["ink-2", "surface"],
    ["ink-2", "canvas"],
    ["ink-3", "surface"],
    ["ink-3", "canvas"],
    ["ink-2", "sunken"],
    ["ink-3", "sunken"],
    ["accent", "surface"],
    ["accent", "accent-soft"],
    ["on-accent", "accent"],
    ["amber", "amber-soft"],
    ["danger", "danger-soft"],
    ["danger", "surface"],
    ["on-danger", "danger"],
    ["success", "success-soft"],
    ["surface", "ink"],
  ])("%s reads as text on %s", (ink, ground) => {
    expect(contrast(color(ink), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test("borders of fields stand out", () => {
    expect(contrast(color("line-strong"), color("surface"))).toBeGreaterThanOrEqual(3);
  });

  test.each(lifecycleModel().stages.map((stage) => [stage.key, stage.color] as const))(
    "icons and lines of %s stand out, and words read on its part of the bar",
    (_key, stage) => {
      const ink = mix(channels(stage), color("ink"), 0.55);
      expect(contrast(ink, color("surface"))).toBeGreaterThanOrEqual(3);
      const part = mix(channels(stage), color("surface"), 0.24);
      expect(contrast(color("ink"), part)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(color("ink-2"), part)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, part)).toBeGreaterThanOrEqual(3);
    },
  );
});
