import { Circle } from "lucide-react";
import { expect, test } from "vitest";
import { type RoomGroup, roomGroups, roomsOf } from "@/components/shell/rooms";
import { permissions } from "@/lib/members/permissions";

const groups: RoomGroup[] = [
  { key: "overview", rooms: [{ path: "a", label: "board", icon: Circle, permission: "stages.read" }] },
  { key: "settings", rooms: [{ path: "b", label: "customers", icon: Circle, permission: "members.manage" }] },
];

test("a role sees the rooms it may open, and no group that is empty for it", () => {
  expect(roomsOf("analyst", groups).map(({ key }) => key)).toEqual(["overview"]);
  expect(roomsOf("admin", groups).map(({ key }) => key)).toEqual(["overview", "settings"]);
});

test("every room has a path of its own and asks for a permission that exists", () => {
  const rooms = roomGroups.flatMap((group) => group.rooms);
  expect(new Set(rooms.map(({ path }) => path)).size).toBe(rooms.length);
  expect(rooms.filter(({ permission }) => !permissions.includes(permission))).toEqual([]);
});
