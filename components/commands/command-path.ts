import { roomGroups } from "@/components/shell/rooms";
import type { CommandId } from "./registry";

const rooms = roomGroups.flatMap((group) => group.rooms);

/** Where the catalogues hold the name of a command. */
export function commandPath(id: CommandId): string {
  const [kind, what = ""] = id.split(":");
  if (kind === "go") return `shell.rooms.${rooms.find(({ path }) => path === what)?.label}`;
  if (kind === "range") return `range.${what}`;
  return `palette.commands.${id.replace(":", "-")}`;
}
