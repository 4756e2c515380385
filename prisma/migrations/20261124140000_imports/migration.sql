-- Files brought in through the console: the file itself until it is no longer needed, what became of it, and what is
-- needed to take all of it back (docs/decisions.md, "Undoing an import").
CREATE TABLE import (
  workspace_id   int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id             bigint GENERATED ALWAYS AS IDENTITY,
  file_name      text NOT NULL,
  bytes          bigint NOT NULL CHECK (bytes >= 0),
  chunk_bytes    int NOT NULL CHECK (chunk_bytes > 0),
  sha256         text NOT NULL,                    -- of the whole file, hex, as the browser computed it; checked when all chunks are there
  state          text NOT NULL CHECK (state IN
    ('uploading', 'ready', 'checking', 'checked', 'importing', 'succeeded', 'failed', 'cancelled', 'undoing', 'undone')),
  format         jsonb,                            -- encoding, delimiter, header: known once the file is whole
  header_print   text,                             -- sha-256 of the header: files alike are mapped alike
  settings       jsonb,                            -- what it is and where its columns go (lib/importing/console/schema.ts)
  checked        jsonb,                            -- what the dry run found
  result         jsonb,                            -- what the import did
  undone         jsonb,                            -- what the undo took back
  error          jsonb,                            -- why the last step ended without an outcome
  source_id      int,                              -- of its own: what came by it can be told from everything else
  run_id         bigint,                           -- run of the step under way, or of the last one
  queued_at      timestamptz,                      -- when the step under way was asked for: imports of a workspace wait in this order
  stop           text CHECK (stop IN ('keep', 'undo')),  -- asked to stop: what is stored stays, or is taken back
  actor          jsonb NOT NULL,                   -- who brought it, named as then
  created_at     timestamptz NOT NULL,
  finished_at    timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX import_queue ON import (workspace_id, queued_at) WHERE state IN ('checking', 'importing', 'undoing');

CREATE TABLE import_chunk (                        -- pieces of the file; web and workers may be different machines
  workspace_id  int NOT NULL,
  import_id     bigint NOT NULL,
  n             int NOT NULL CHECK (n >= 0),
  bytes         bytea NOT NULL,
  PRIMARY KEY (workspace_id, import_id, n),
  FOREIGN KEY (workspace_id, import_id) REFERENCES import (workspace_id, id) ON DELETE CASCADE
);
ALTER TABLE import_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;  -- often packed already; reading a piece must not unpack it

CREATE TABLE import_reject (                       -- rows the last pass over the file refused, with their cells
  workspace_id  int NOT NULL,
  import_id     bigint NOT NULL,
  n             int NOT NULL,                      -- 1, 2, 3 … in the order they were decided
  line          int NOT NULL,
  reason        text NOT NULL,
  place         text,                              -- the column; NULL: the row as a whole
  message       text NOT NULL,
  cells         jsonb NOT NULL,
  PRIMARY KEY (workspace_id, import_id, n),
  FOREIGN KEY (workspace_id, import_id) REFERENCES import (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE import_mapping (                      -- the mapping a header was last imported with, offered the next time
  workspace_id  int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  header_print  text NOT NULL,
  settings      jsonb NOT NULL,
  used_at       timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, header_print)
);

-- Which import an id or a merge rests on, so that an undo takes back these and nothing else.
ALTER TABLE identity
  ADD COLUMN brought_by int,                       -- the import that introduced this id
  ADD COLUMN joined_by int,                        -- the import whose row moved it to another customer
  ADD COLUMN used_since boolean NOT NULL DEFAULT false;  -- another source has named it since
ALTER TABLE customer
  ADD COLUMN merged_by int,                        -- the import whose row let another customer absorb this one
  ADD COLUMN tied_to int[] NOT NULL DEFAULT '{}';  -- imports without which ids of other sources might have been decided otherwise
CREATE INDEX identity_brought ON identity (workspace_id, brought_by) WHERE brought_by IS NOT NULL;
CREATE INDEX customer_tied ON customer (workspace_id) WHERE tied_to <> '{}';
CREATE INDEX customer_merged_by ON customer (workspace_id, merged_by) WHERE merged_by IS NOT NULL;

-- What came by one source stands together on disk: a few bytes of summary a megabyte find it again.
CREATE INDEX event_source ON event USING brin (source_id) WITH (pages_per_range = 32, autosummarize = on);

-- Where workspaces are kept apart already (a later migration, on a database that had it first), these tables are as well.
DO $$ BEGIN
  IF to_regprocedure('isolate_workspaces()') IS NOT NULL THEN
    PERFORM isolate_workspaces();
  END IF;
END $$;
