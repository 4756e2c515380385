import type { ReactNode } from "react";
import { SearchButton } from "@/components/palette/search-button";
import type { MemberAccess } from "@/lib/members/schema";
import type { Day } from "@/lib/platform/day";
import { AccountMenu } from "./account-menu";
import { AdvanceDay } from "./advance-day";
import { AsOfLine } from "./as-of-line";
import { LanguageSwitch } from "./language-switch";
import { MenuSheet } from "./menu-sheet";
import { ThemeSwitch } from "./theme-switch";
import { type WorkspaceChoice, WorkspaceSwitch } from "./workspace-switch";

/** Workspace, the day it lives in, language, theme and account; on narrow windows the day takes a line of its own. */
export function TopBar({
  access: { member, role, workspace },
  choices,
  today,
  mayAdvance,
}: {
  access: MemberAccess;
  choices: WorkspaceChoice[];
  today: Day;
  mayAdvance: boolean;
}): ReactNode {
  return (
    <header className="sticky top-0 z-20 flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-surface px-2 py-1.5 sm:px-4">
      <MenuSheet slug={workspace.slug} role={role} />
      <div className="flex min-w-0 flex-1 items-center md:flex-none">
        <WorkspaceSwitch current={workspace.slug} choices={choices} />
      </div>
      <div className="order-last flex w-full items-center gap-2 md:order-none md:w-auto md:flex-1">
        <AsOfLine today={today} timeZone={workspace.timeZone} clockMode={workspace.clockMode} />
        {mayAdvance && <AdvanceDay slug={workspace.slug} today={today} />}
      </div>
      <div className="flex items-center">
        <SearchButton />
        <LanguageSwitch />
        <ThemeSwitch />
        <AccountMenu name={member.name} email={member.email} role={role} />
      </div>
    </header>
  );
}
