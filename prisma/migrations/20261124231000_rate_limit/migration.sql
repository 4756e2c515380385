-- How soon somebody may ask again (lib/platform/http/rate-limit.ts). One row for each key, and member, and limit that was ever met;
-- of no workspace, and not worth the log: after a crash everybody starts afresh.
CREATE UNLOGGED TABLE rate_limit (
  key         text PRIMARY KEY,                    -- the limit's name and whom it holds for
  busy_until  timestamptz NOT NULL                 -- when all the turns taken so far are paid for
);
GRANT SELECT, INSERT, UPDATE ON rate_limit TO perennial_web;
