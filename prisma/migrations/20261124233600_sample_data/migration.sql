-- Sample data comes by a source of its own, of which the intake remembers what it brought, so that all of it can be taken back.
ALTER TABLE source ADD COLUMN is_sample boolean NOT NULL DEFAULT false;
-- There is one at most.
CREATE UNIQUE INDEX source_sample ON source (workspace_id) WHERE is_sample;

-- Members who need no list of first steps any more.
CREATE TABLE onboarding_dismissal (
  workspace_id  int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  member_id     uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  dismissed_at  timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
);

SELECT isolate_workspaces();
