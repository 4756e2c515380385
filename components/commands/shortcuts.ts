import { roomGroups } from "@/components/shell/rooms";
import type { CommandId } from "./registry";

/** Keys pressed one after the other, and what they do. */
export interface Shortcut {
  keys: readonly string[];
  command: CommandId;
}

/** Single keys by what they are about. Ctrl/Cmd-K opens the palette and stands apart: it cannot be typed by accident. */
export const shortcutGroups: Record<"general" | "go" | "range", readonly Shortcut[]> = {
  general: [
    { keys: ["/"], command: "filter" },
    { keys: ["t"], command: "theme" },
    { keys: ["?"], command: "shortcuts" },
  ],
  go: roomGroups.flatMap(({ rooms }) =>
    rooms.flatMap(({ path, key }) => (key ? [{ keys: ["g", key], command: `go:${path}` as const }] : [])),
  ),
  range: [
    { keys: ["d"], command: "range:today" },
    { keys: ["w"], command: "range:7d" },
    { keys: ["m"], command: "range:mtd" },
    { keys: ["q"], command: "range:qtd" },
    { keys: ["y"], command: "range:ytd" },
  ],
};

const all = Object.values(shortcutGroups).flat();

/** What a key means after those typed just before: a command, the beginning of one (`typed`), or nothing. */
export function readKey(
  typed: readonly string[],
  key: string,
  shortcuts: readonly Shortcut[] = all,
): { command: CommandId | null; typed: readonly string[] } {
  const pressed = key.toLowerCase();
  const tries = typed.length > 0 ? [[...typed, pressed], [pressed]] : [[pressed]];
  for (const keys of tries) {
    const begun = shortcuts.filter((one) => keys.every((k, i) => one.keys[i] === k));
    const whole = begun.find((one) => one.keys.length === keys.length);
    if (whole) return { command: whole.command, typed: [] };
    if (begun.length > 0) return { command: null, typed: keys };
  }
  return { command: null, typed: [] };
}
