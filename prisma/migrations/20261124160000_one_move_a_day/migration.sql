-- A customer moves once a day at most in each model: from the stage the day began with to the one it ended with. Days that
-- an earlier release recorded in several rows are retracted here and lived again by the next recompute.
WITH crowded AS (
  SELECT workspace_id, model_id, customer_id, effective_on FROM stage_transition
  WHERE retracted_at IS NULL GROUP BY 1, 2, 3, 4 HAVING count(*) > 1
), retracted AS (
  UPDATE stage_transition t SET retracted_at = CURRENT_TIMESTAMP FROM crowded c
  WHERE t.workspace_id = c.workspace_id AND t.model_id = c.model_id AND t.customer_id = c.customer_id
    AND t.effective_on = c.effective_on AND t.retracted_at IS NULL
  RETURNING t.workspace_id, t.model_id, t.customer_id, t.effective_on, t.from_stage, t.to_stage
), marked AS (
  INSERT INTO customer_dirty (workspace_id, customer_id, day)
  SELECT DISTINCT workspace_id, customer_id, effective_on FROM retracted
)
INSERT INTO stage_flow AS f (workspace_id, model_id, shard, day, from_stage, to_stage, moves)
SELECT workspace_id, model_id, (customer_id >> 15)::int, effective_on, coalesce(from_stage, ''), to_stage, -count(*)::int
FROM retracted GROUP BY 1, 2, 3, 4, 5, 6
ON CONFLICT (workspace_id, model_id, shard, day, from_stage, to_stage) DO UPDATE SET moves = f.moves + EXCLUDED.moves;

CREATE UNIQUE INDEX stage_transition_one_a_day ON stage_transition (workspace_id, model_id, customer_id, effective_on)
  WHERE retracted_at IS NULL;

-- An entry is known by what happened, not by the row that says so: a day that is recorded anew (another stage before it,
-- the same one after it) is the same entry and is not delivered again. Nothing has consumed entries yet.
DROP TABLE stage_entry_delivery;
CREATE TABLE stage_entry_delivery (                -- which consumer has had which stage entry: each is delivered once
  workspace_id  int NOT NULL,
  customer_id   bigint NOT NULL,
  model_id      int NOT NULL,
  effective_on  date NOT NULL,
  to_stage      text NOT NULL,
  consumer      text NOT NULL,
  seq           int NOT NULL,                      -- the row of the log it was read from
  delivered_at  timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, customer_id, model_id, effective_on, to_stage, consumer)
);

-- Which version everybody was last evaluated by: another one in force means everybody must be looked at again.
ALTER TABLE stage_model ADD COLUMN settled_version int;
