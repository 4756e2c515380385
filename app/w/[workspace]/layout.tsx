import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ShellCommands } from "@/components/shell/shell-commands";
import { Sidebar } from "@/components/shell/sidebar";
import { SIDEBAR_COOKIE } from "@/components/shell/sidebar-cookie";
import { TopBar } from "@/components/shell/top-bar";
import { can } from "@/lib/members/permissions";
import { listMembershipsOf } from "@/lib/members/queries";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { webPrisma } from "@/lib/platform/http/connections";
import { workspaceDay } from "@/lib/workspaces/schema";

/** The frame of a workspace. What a page shows is authorised by the page itself. */
export default async function WorkspaceLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ workspace: string }>;
}) {
  const access = await workspacePage((await params).workspace);
  const t = await getTranslations("shell");
  const choices = await listMembershipsOf(webPrisma(), access.member.id);
  const narrow = (await cookies()).get(SIDEBAR_COOKIE)?.value === "narrow";
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only rounded-md bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-30"
      >
        {t("skip")}
      </a>
      <ShellCommands slug={access.workspace.slug} role={access.role} choices={choices} />
      <Sidebar slug={access.workspace.slug} role={access.role} startNarrow={narrow} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          access={access}
          choices={choices}
          today={workspaceDay(access.workspace, systemClock())}
          mayAdvance={access.workspace.clockMode === "fixed" && can(access.role, "clock.advance")}
        />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl flex-1 px-4 py-5 outline-none sm:px-6"
        >
          {children}
        </main>
      </div>
    </div>
  );
}
