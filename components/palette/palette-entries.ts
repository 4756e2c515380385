import {
  CalendarRange,
  Keyboard,
  Languages,
  Layers,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  StepForward,
  Sun,
} from "lucide-react";
import { commandPath } from "@/components/commands/command-path";
import { type CommandId, runCommand } from "@/components/commands/registry";
import { roomsOf } from "@/components/shell/rooms";
import type { WorkspaceChoice } from "@/components/shell/workspace-switch";
import { rangePresets } from "@/lib/platform/http/day-range";
import enPalette from "@/lib/platform/i18n/messages/en/palette.json";
import enRange from "@/lib/platform/i18n/messages/en/range.json";
import enShell from "@/lib/platform/i18n/messages/en/shell.json";
import zhPalette from "@/lib/platform/i18n/messages/zh/palette.json";
import zhRange from "@/lib/platform/i18n/messages/zh/range.json";
import zhShell from "@/lib/platform/i18n/messages/zh/shell.json";
import type { Role } from "@/lib/workspaces/schema";
import type { Findable } from "./match";

export interface PaletteEntry extends Findable {
  id: string;
  group: "pages" | "workspaces" | "actions" | "range";
  icon: LucideIcon;
  run: () => void;
}

const catalogues = [
  { shell: enShell, palette: enPalette, range: enRange },
  { shell: zhShell, palette: zhPalette, range: zhRange },
];

/** The name of a command in every language: whoever reads Chinese may still type "dark". */
const namesOf = (id: CommandId): string[] =>
  catalogues.map((catalogue) =>
    String(
      commandPath(id)
        .split(".")
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], catalogue) ??
        "",
    ),
  );

const actions: readonly { command: CommandId; icon: LucideIcon }[] = [
  { command: "advance-day", icon: StepForward },
  { command: "theme:light", icon: Sun },
  { command: "theme:dark", icon: Moon },
  { command: "theme:system", icon: Monitor },
  { command: "language:zh-CN", icon: Languages },
  { command: "language:en", icon: Languages },
  { command: "shortcuts", icon: Keyboard },
  { command: "sign-out", icon: LogOut },
];

/** Everything the palette offers besides customers: what the role may open and what the page that is open can do. */
export function paletteEntries(p: {
  slug: string;
  role: Role;
  choices: readonly WorkspaceChoice[];
  offered: { has: (id: CommandId) => boolean };
  nameOf: (id: CommandId) => string;
  goTo: (path: string) => void;
}): PaletteEntry[] {
  const commandEntry = (
    command: CommandId,
    group: PaletteEntry["group"],
    icon: LucideIcon,
  ): PaletteEntry => ({
    id: command,
    group,
    icon,
    label: p.nameOf(command),
    also: namesOf(command),
    run: () => void runCommand(command),
  });
  const pages = roomsOf(p.role)
    .flatMap(({ rooms }) => rooms)
    .map(({ path, icon }) => ({
      ...commandEntry(`go:${path}`, "pages", icon),
      run: () => p.goTo(`/w/${p.slug}/${path}`),
    }));
  const workspaces = p.choices
    .filter(({ slug }) => slug !== p.slug)
    .map(
      ({ slug, name }): PaletteEntry => ({
        id: `workspace:${slug}`,
        group: "workspaces",
        icon: Layers,
        label: name,
        also: [slug],
        run: () => p.goTo(`/w/${slug}/home`),
      }),
    );
  const offered = actions.filter(({ command }) => p.offered.has(command));
  return [
    ...pages,
    ...offered.map(({ command, icon }) => commandEntry(command, "actions", icon)),
    ...rangePresets
      .map((preset) => `range:${preset}` as const)
      .filter((command) => p.offered.has(command))
      .map((command) => commandEntry(command, "range", CalendarRange)),
    ...workspaces,
  ];
}
