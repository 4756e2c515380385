import {
  Braces,
  Cable,
  FileUp,
  House,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  Settings,
  Sigma,
  UserCog,
  Users,
} from "lucide-react";
import { can, type Permission } from "@/lib/members/permissions";
import type shell from "@/lib/platform/i18n/messages/en/shell.json";
import type { Role } from "@/lib/workspaces/schema";

/** A page of a workspace one goes to: its path below the workspace and what a role needs to open it. */
export interface Room {
  path: string;
  label: keyof typeof shell.rooms;
  icon: LucideIcon;
  permission: Permission;
  /** The letter that goes there after "g". */
  key?: string;
}

/** Rooms that belong together; the first group speaks for itself and has no heading. */
export interface RoomGroup {
  key: keyof typeof shell.groups;
  rooms: readonly Room[];
}

/** The rooms that exist, in the order of the flow. A new page adds its line here and its word to `shell.rooms`. */
export const roomGroups: readonly RoomGroup[] = [
  {
    key: "overview",
    rooms: [
      { path: "home", label: "home", icon: House, permission: "stages.read", key: "h" },
      { path: "board", label: "board", icon: LayoutDashboard, permission: "stages.read", key: "b" },
      { path: "customers", label: "customers", icon: Users, permission: "customers.read", key: "c" },
    ],
  },
  {
    key: "define",
    rooms: [{ path: "metrics", label: "metrics", icon: Sigma, permission: "metrics.read", key: "m" }],
  },
  {
    key: "settings",
    rooms: [
      { path: "imports", label: "imports", icon: FileUp, permission: "data.read" },
      { path: "sources", label: "sources", icon: Cable, permission: "data.read", key: "s" },
      { path: "audit", label: "audit", icon: ScrollText, permission: "audit.read" },
      { path: "members", label: "members", icon: UserCog, permission: "members.manage" },
      { path: "keys", label: "keys", icon: KeyRound, permission: "keys.manage" },
      { path: "api-docs", label: "api", icon: Braces, permission: "stages.read" },
      { path: "settings", label: "settings", icon: Settings, permission: "stages.read" },
    ],
  },
];

/** The groups a role sees: without rooms it may not open, and without groups that leaves empty. */
export const roomsOf = (role: Role, groups: readonly RoomGroup[] = roomGroups): RoomGroup[] =>
  groups
    .map(({ key, rooms }) => ({ key, rooms: rooms.filter((room) => can(role, room.permission)) }))
    .filter(({ rooms }) => rooms.length > 0);
