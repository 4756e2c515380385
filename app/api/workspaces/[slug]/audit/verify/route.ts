import { verification, verifyAudit } from "@/lib/audit/queries";
import { workspaceRoute } from "@/lib/members/workspace-route";

export const GET = workspaceRoute({
  summary:
    "Whether the audit log is whole: entries read, the last hash, and the first entry that does not follow",
  permission: "audit.read",
  answer: verification,
  handle: ({ access: { workspace, db } }) => verifyAudit(db, workspace.id),
});
