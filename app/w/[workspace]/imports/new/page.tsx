import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Upload } from "@/components/imports/upload";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { MAX_FILE_BYTES } from "@/lib/importing/console/schema";
import { assertPermission } from "@/lib/members/access";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("newTitle") };
}

/** Where an import begins: the file. */
export default async function NewImportPage({ params }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "data.read");
  const t = await getTranslations("imports");
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("newTitle")} purpose={t("newPurpose")} />
      {can(access.role, "data.import") ? (
        <Upload slug={access.workspace.slug} maxBytes={MAX_FILE_BYTES} />
      ) : (
        <EmptyState reason="no-permission" title={t("newTitle")} text={t("noPermission")} />
      )}
    </div>
  );
}
