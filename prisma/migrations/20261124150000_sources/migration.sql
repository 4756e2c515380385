-- What came from each source: counted by the drain in the statement that stores, so that no page counts raw events.
CREATE TABLE source_activity (
  workspace_id  int NOT NULL,
  source_id     int NOT NULL,
  hour          timestamptz NOT NULL,              -- full UTC hour in which it was received
  kind          smallint NOT NULL,
  events        int NOT NULL,                      -- stored
  duplicates    int NOT NULL,                      -- copies of what was stored already
  links         int NOT NULL,                      -- alias messages: they join ids and are no events
  known         int NOT NULL,                      -- of events: with a user id or another known id, not an anonymous one alone
  valued        int NOT NULL,                      -- of events: with an amount
  last_at       timestamptz NOT NULL,              -- newest of them, received
  PRIMARY KEY (workspace_id, source_id, hour, kind)
) WITH (fillfactor = 80);

-- A rotated write key stays valid for a while; a mapping says how a source's own names become ours (lib/sources/mapping.ts).
ALTER TABLE source
  ADD COLUMN previous_key_hash text UNIQUE,
  ADD COLUMN previous_key_until timestamptz,
  ADD COLUMN mapping jsonb,
  ADD COLUMN mapping_version int NOT NULL DEFAULT 0,
  ADD CHECK ((previous_key_hash IS NULL) = (previous_key_until IS NULL));

-- What the request said of the event beside its own text: with it, the event can be decoded again. NULL: it cannot be replayed.
ALTER TABLE event_quarantine ADD COLUMN envelope jsonb;
CREATE INDEX event_quarantine_source ON event_quarantine (workspace_id, source_id, reason, received_at);

-- Runs that a person asked for, and attempts a person allowed beyond the usual ones.
ALTER TABLE run
  ADD COLUMN max_attempt int NOT NULL DEFAULT 5,
  ADD COLUMN requested_by text,                    -- name of the person, as it was then; NULL: a scheduled slot
  ADD COLUMN input jsonb;                          -- what it works on, where no slot says so (lib/runs/schema.ts)
