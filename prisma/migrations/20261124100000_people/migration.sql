-- Who signed in where, who was invited, which keys ask; all control tables.

-- Who comes in through the company's own sign-in has no password here.
ALTER TABLE member ALTER COLUMN password_hash DROP NOT NULL;

ALTER TABLE membership
  ADD COLUMN suspended_at     timestamptz,         -- set: no access to the workspace until it is cleared
  ADD COLUMN seen_at          timestamptz,         -- last request in this workspace, to the minute
  ADD COLUMN visit_before_at  timestamptz;         -- end of the visit before the present one

CREATE TABLE session (                             -- a browser somebody signed in with; the sealed cookie names its row
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  member_id     uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
  created_at    timestamptz NOT NULL,
  seen_at       timestamptz NOT NULL,              -- last request, to the minute
  confirmed_at  timestamptz NOT NULL,              -- when the person last proved who they are
  ended_at      timestamptz,
  end_reason    text,                              -- lib/members/session-life.ts endReason
  user_agent    text NOT NULL,
  address       text NOT NULL,
  CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX session_member ON session (member_id, created_at DESC);

CREATE TABLE sign_in_failure (                     -- failed proofs of who one is, by account and by address: how long the next must wait
  key       text PRIMARY KEY,                      -- "account:" or "address:" and a sha-256: what people type is not kept
  failures  int NOT NULL,
  last_at   timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_last ON sign_in_failure (last_at);

CREATE TABLE invitation (                          -- a link that lets one address into a workspace, once
  workspace_id  int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  email         text NOT NULL CHECK (email = lower(email)),
  role          text NOT NULL CHECK (role IN ('operator', 'analyst', 'manager', 'admin')),
  token_hash    text NOT NULL UNIQUE,              -- sha-256 hex; the link is shown once and never stored
  invited_by    text NOT NULL,                     -- name of the admin, as it was then
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  accepted_at   timestamptz,
  revoked_at    timestamptz,
  PRIMARY KEY (workspace_id, id)
);
-- One open invitation an address and workspace: a new one takes the place of the old.
CREATE UNIQUE INDEX invitation_open ON invitation (workspace_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

CREATE TABLE api_key (                             -- lets a program ask the API of one workspace
  workspace_id    int NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id              text NOT NULL,                   -- the part of the key that names it
  name            text NOT NULL,
  scopes          text[] NOT NULL CHECK (cardinality(scopes) > 0),
  secret_hash     text NOT NULL,                   -- sha-256 hex; the key itself is shown once and never stored
  hint            text NOT NULL,                   -- its last characters, to recognise it by
  created_by      text NOT NULL,                   -- name of the admin, as it was then
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz,
  last_used_at    timestamptz,                     -- to the minute
  previous_hash   text,                            -- rotated: the former secret is good until previous_until
  previous_until  timestamptz,
  revoked_at      timestamptz,
  PRIMARY KEY (workspace_id, id),
  CHECK ((previous_hash IS NULL) = (previous_until IS NULL))
);
CREATE UNIQUE INDEX api_key_id ON api_key (id);
