-- Views of a page somebody wants to come back to: what its address asks for, under a name.
CREATE TABLE saved_view (
  workspace_id  int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  page          text NOT NULL,                     -- lib/views/schema.ts viewPage
  name          text NOT NULL,
  search        text NOT NULL,                     -- the query of the address, a preset of the period kept relative
  owner_id      uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  shared        boolean NOT NULL DEFAULT false,    -- seen by every member of the workspace; changed by its owner alone
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, owner_id, page, name)
);

-- The view a page opens with for a member: one a page, their own or one shared with them.
CREATE TABLE saved_view_star (
  workspace_id  int NOT NULL,
  member_id     uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  page          text NOT NULL,
  view_id       uuid NOT NULL,
  PRIMARY KEY (workspace_id, member_id, page),
  FOREIGN KEY (workspace_id, view_id) REFERENCES saved_view (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX saved_view_star_of_view ON saved_view_star (workspace_id, view_id);

SELECT isolate_workspaces();
