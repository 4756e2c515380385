import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { RevealProvider } from "@/components/customer/reveal-context";
import { findCustomer } from "@/lib/customers/find-customer";
import { assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";
import { AppError } from "@/lib/platform/errors";

/** Digits that stay exact: no other text names a customer. */
const ID = /^[1-9]\d{0,14}$/;

/** One customer's page: 404 for ids the workspace does not have, and on to the customer an id was merged into. */
export default async function CustomerLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ workspace: string; customer: string }>;
}) {
  const { workspace: slug, customer: text } = await params;
  const access = await workspacePage(slug);
  assertPermission(access, "customers.read");
  if (!ID.test(text)) notFound();
  const id = Number(text);
  const found = await findCustomer(access.db, { workspaceId: access.workspace.id, customerId: id }).catch(
    (error) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    },
  );
  if (found.customerId !== id) redirect(`/w/${slug}/customers/${found.customerId}?mergedFrom=${id}`);
  return (
    <RevealProvider key={id} slug={slug} customerId={id}>
      {children}
    </RevealProvider>
  );
}
