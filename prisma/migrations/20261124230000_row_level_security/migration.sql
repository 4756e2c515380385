-- Tenants are kept apart by the database as well (docs/security.md). The product never works as the owner of the tables:
--   perennial_web        the console and the API, bound to one workspace at a time
--   perennial_worker     background work and commands, bound to one workspace at a time
--   perennial_directory  who may enter where: asked before a workspace is known; sees no customer, event or number
-- A connection is bound by the setting app.workspace. Without it there are no rows and no writes, for the owner too.

-- ---------------------------------------------------------------- roles
-- Roles belong to the server, not to the database: another database of it may have made them already.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['perennial_web', 'perennial_worker', 'perennial_directory'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT', name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- made this very moment beside us
    END;
    -- One DATABASE_URL suffices: its login may step down to the roles. A superuser may anyway.
    IF NOT pg_has_role(current_user, name, 'USAGE') THEN
      EXECUTE format('GRANT %I TO %I', name, current_user);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- policies
-- The workspace a connection is bound to; the planner asks once a statement, not once a row.
CREATE FUNCTION bound_workspace() RETURNS int STABLE PARALLEL SAFE LANGUAGE sql
  RETURN nullif(current_setting('app.workspace', true), '')::int;

-- Puts every table with a workspace_id under forced row-level security and lets web and worker use it. Migrations that create
-- such tables end with SELECT isolate_workspaces(); what a table must not allow (UPDATE of a log) they revoke afterwards.
CREATE FUNCTION isolate_workspaces() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT c.oid::regclass AS name, c.relispartition AS is_part FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'own_workspace')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', one.name);
    EXECUTE format('CREATE POLICY own_workspace ON %s
      USING (workspace_id = (SELECT bound_workspace())) WITH CHECK (workspace_id = (SELECT bound_workspace()))', one.name);
    -- A partition is reached through its table only.
    IF NOT one.is_part THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO perennial_web, perennial_worker', one.name);
      -- Statistics after a bulk load (lib/intake/statistics.ts); older servers skip the table with a warning.
      IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE format('GRANT MAINTAIN ON %s TO perennial_worker', one.name);
      END IF;
    END IF;
  END LOOP;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO perennial_web, perennial_worker;
END $$;
-- Nobody but the owner calls it.
REVOKE EXECUTE ON FUNCTION isolate_workspaces() FROM PUBLIC;

SELECT isolate_workspaces();

ALTER TABLE workspace ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON workspace
  USING (id = (SELECT bound_workspace())) WITH CHECK (id = (SELECT bound_workspace()));
GRANT SELECT, INSERT, UPDATE ON workspace TO perennial_web, perennial_worker;

-- A person belongs to no workspace; bound, one sees the members of one's own.
ALTER TABLE member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON member FOR SELECT
  USING (EXISTS (SELECT FROM membership m WHERE m.member_id = member.id AND m.workspace_id = (SELECT bound_workspace())));
GRANT SELECT (id, email, name, locale, created_at) ON member TO perennial_web;

-- ---------------------------------------------------------------- the directory
CREATE POLICY directory ON workspace FOR SELECT TO perennial_directory USING (true);
CREATE POLICY directory ON source FOR SELECT TO perennial_directory USING (true);
CREATE POLICY directory ON member TO perennial_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON membership TO perennial_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON invitation TO perennial_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON api_key TO perennial_directory USING (true) WITH CHECK (true);
GRANT SELECT ON workspace, source TO perennial_directory;
GRANT SELECT, INSERT, UPDATE, DELETE ON member, membership, session, sign_in_failure TO perennial_directory;
GRANT SELECT, UPDATE ON invitation, api_key TO perennial_directory;  -- accepting the one, noting the last use of the other
GRANT SELECT, INSERT ON audit_entry TO perennial_directory;           -- of the workspace it is bound to: who accepted

-- ---------------------------------------------------------------- less than everything
REVOKE UPDATE, DELETE ON audit_entry FROM perennial_web, perennial_worker;      -- rows are added and never changed
REVOKE DELETE ON stage_transition FROM perennial_web, perennial_worker;         -- wrong rows are marked, never removed
REVOKE DELETE ON run, schedule_slot, stage_entry_delivery FROM perennial_web, perennial_worker; -- gone, they would happen twice
-- Members and keys are the console's affair.
REVOKE ALL ON membership, invitation, api_key FROM perennial_worker;

-- Readiness asks whether every migration has finished.
DO $$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT ON _prisma_migrations TO perennial_web, perennial_worker;
  END IF;
END $$;
