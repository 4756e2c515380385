import { Download } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { registry } from "@/app/api/registry";
import { OperationDetails } from "@/components/api/operation-details";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { apiDocument } from "@/lib/api/document";
import { workspacePage } from "@/lib/members/workspace-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("api"))("title") };
}

/** The API as people read it, from the same document that programs read. */
export default async function ApiPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await workspacePage((await params).workspace);
  const t = await getTranslations("api");
  const asked = await headers();
  const host = asked.get("x-forwarded-host") ?? asked.get("host");
  const origin = `${asked.get("x-forwarded-proto") ?? "http"}://${host}`;
  const { tags, paths } = apiDocument(registry);
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace("{slug}", workspace.slug),
      operation,
    })),
  );
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        <Button asChild>
          <a href="/api/openapi.json" download="openapi.json">
            <Download aria-hidden size={15} />
            {t("download")}
          </a>
        </Button>
      </PageHeader>
      <p className="max-w-3xl text-[13px] text-ink-2">{t("keysNote")}</p>
      {tags.map(({ name }) => {
        const own = calls.filter((call) => call.operation.tags.includes(name));
        return (
          <Card key={name} title={<code lang="en">{name}</code>} hint={t("calls", { count: own.length })}>
            {own.map((call) => (
              <OperationDetails key={`${call.method} ${call.path}`} {...call} origin={origin} />
            ))}
          </Card>
        );
      })}
    </div>
  );
}
