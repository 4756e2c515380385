-- Settings of a workspace. `settings_version` counts changes, so that of two people changing them the later one hears of it.
ALTER TABLE workspace
  ADD COLUMN week_start smallint NOT NULL DEFAULT 1 CHECK (week_start BETWEEN 1 AND 7),  -- ISO: 1 is Monday, 7 Sunday
  ADD COLUMN settings_version int NOT NULL DEFAULT 1;

-- Days on which the workspace's business is not as usual: public holidays, sales. Local days with the name people know them by.
CREATE TABLE workspace_holiday (
  workspace_id  int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  day           date NOT NULL,
  name          text NOT NULL,
  PRIMARY KEY (workspace_id, day)
);

SELECT isolate_workspaces();
