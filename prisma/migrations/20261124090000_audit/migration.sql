-- Who did what to what, per workspace: rows are added and never changed (lib/audit/append.ts chains them by hash).
CREATE TABLE audit_entry (
  workspace_id  int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  seq           bigint NOT NULL,                   -- 1, 2, 3 … per workspace, without gaps
  at            timestamptz NOT NULL,
  actor_kind    text NOT NULL CHECK (actor_kind IN ('member', 'key', 'system')),
  actor_id      text NOT NULL,                     -- the member's id, the key's id, or the name of the command or job
  actor_name    text NOT NULL,                     -- as it was then: members leave, entries stay
  action        text NOT NULL,                     -- lib/audit/schema.ts auditAction
  target        text NOT NULL,                     -- what it was done to, as people name it
  before        jsonb,
  after         jsonb,
  reason        text,
  hash          text NOT NULL,                     -- sha-256 of the hash before it and this entry's canonical JSON
  PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX audit_entry_recent ON audit_entry (workspace_id, at DESC);
