import { z } from "zod";

/** What can be recorded. A deed that is not listed here cannot be written down, so none goes by another name. */
export const auditAction = z.enum([
  "clock.advanced",
  "customers.exported",
  "customers.tagged",
  "customer.revealed",
  "import.started",
  "import.cancelled",
  "import.undone",
  "invitation.created",
  "invitation.accepted",
  "invitation.revoked",
  "key.created",
  "key.rotated",
  "key.revoked",
  "member.role_changed",
  "member.suspended",
  "member.restored",
  "member.removed",
  "quarantine.replayed",
  "quarantine.discarded",
  "run.retried",
  "sample.loaded",
  "sample.removed",
  "source.created",
  "source.key_rotated",
  "source.mapping_changed",
  "source.renamed",
  "source.revoked",
  "tag.created",
  "tag.changed",
  "tag.removed",
  "view.shared",
  "workspace.created",
  "workspace.changed",
]);
export type AuditAction = z.infer<typeof auditAction>;

/** Who did it. */
export const actor = z.object({
  kind: z.enum(["member", "key", "system"]),
  id: z.string(),
  name: z.string(),
});
export type Actor = z.infer<typeof actor>;

const fields = z.record(z.string(), z.unknown()).nullable();

/** A deed as it is recorded: `before` and `after` hold the fields that changed, never secrets. */
export const deed = z.object({
  actor,
  action: auditAction,
  target: z.string().min(1),
  before: fields.default(null),
  after: fields.default(null),
  reason: z.string().nullable().default(null),
});
export type Deed = z.input<typeof deed>;

export const auditEntry = z.object({
  seq: z.number().int(),
  at: z.date(),
  actor,
  action: auditAction,
  target: z.string(),
  before: fields,
  after: fields,
  reason: z.string().nullable(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
