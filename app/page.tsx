import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PlainFrame } from "@/components/shell/plain-frame";
import { SignOutButton } from "@/components/shell/sign-out-button";
import { EmptyState } from "@/components/ui/empty-state";
import { currentMember } from "@/lib/members/current-member";
import { listMembershipsOf, listSuspensionsOf } from "@/lib/members/queries";
import { webPrisma } from "@/lib/platform/http/connections";

/** Leads on: to sign-in, to the member's first workspace, or says that there is none. */
export default async function StartPage() {
  const member = await currentMember();
  if (!member) redirect("/sign-in");
  const [first] = await listMembershipsOf(webPrisma(), member.id);
  if (first) redirect(`/w/${first.slug}/home`);
  const suspended = await listSuspensionsOf(webPrisma(), member.id);
  const t = await getTranslations("shell");
  return (
    <PlainFrame>
      <EmptyState
        heading="h1"
        title={t(suspended.length > 0 ? "suspendedTitle" : "noWorkspaceTitle")}
        text={
          suspended.length > 0
            ? t("suspendedText", { email: member.email, workspaces: suspended.join(", ") })
            : t("noWorkspaceText", { email: member.email })
        }
      >
        <SignOutButton />
      </EmptyState>
    </PlainFrame>
  );
}
