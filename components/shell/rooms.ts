import { LayoutDashboard, type LucideIcon, Users } from "lucide-react";

/** The rooms that exist, in the order of the flow. */
export const rooms: readonly { path: string; label: "overview" | "customers"; icon: LucideIcon }[] = [
  { path: "board", label: "overview", icon: LayoutDashboard },
  { path: "customers", label: "customers", icon: Users },
];
