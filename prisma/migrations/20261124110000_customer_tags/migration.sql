-- Tags: labels members put on customers by hand. They are opinions of now, not facts as of a day, so no rule reads them.

CREATE TABLE tag (                                 -- control: the names of a workspace
  workspace_id  int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id            int NOT NULL,                      -- 1, 2, 3 … per workspace; never given twice
  name          text NOT NULL CHECK (name = btrim(name) AND name <> ''),
  color         text NOT NULL,                     -- a name of lib/customers/tags-schema.ts tagColor
  created_at    timestamptz NOT NULL,
  removed_at    timestamptz,                       -- taken away: nobody carries it any more, its number stays used
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX tag_name ON tag (workspace_id, lower(name)) WHERE removed_at IS NULL;

CREATE TABLE customer_tag (                        -- customer: who carries which
  workspace_id      int NOT NULL,
  customer_id       bigint NOT NULL,
  tag_id            int NOT NULL,
  act               uuid NOT NULL,                 -- the act that put it there: what its undo takes away
  added_at          timestamptz NOT NULL,
  removed_act       uuid,                          -- the act that took it away: what its undo gives back
  removed_at        timestamptz,
  home_customer_id  bigint,                        -- set when it came with a merged customer
  PRIMARY KEY (workspace_id, customer_id, tag_id)
);
CREATE INDEX customer_tag_carried ON customer_tag (workspace_id, tag_id, customer_id) WHERE removed_at IS NULL;

-- Search by the beginning of the id people know a customer by.
CREATE INDEX customer_display_key ON customer (workspace_id, display_key text_pattern_ops);

-- A database that has row-level security already puts it on these tables now; otherwise its own migration does.
DO $$
BEGIN
  IF to_regproc('isolate_workspaces') IS NOT NULL THEN
    PERFORM isolate_workspaces();
  END IF;
END $$;
