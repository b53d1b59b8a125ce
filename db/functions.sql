-- What the tables in `db/schema` cannot express. `npm run db:migrate` applies this file whenever it has
-- changed, so everything in it must be safe to apply again.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Evidence is only ever added to.
CREATE OR REPLACE FUNCTION only_ever_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- Erasing a person or a business by law is a decision of its own: SET LOCAL portal.erasing = 'on'.
	IF current_setting('portal.erasing', true) = 'on' THEN
		RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	END IF;
	-- A business that was found twice becomes one: SET LOCAL portal.merging = 'on'.
	IF TG_OP = 'UPDATE' AND current_setting('portal.merging', true) = 'on'
		AND to_jsonb(NEW) - 'company_id' = to_jsonb(OLD) - 'company_id'
	THEN
		RETURN NEW;
	END IF;
	-- A person who is gone leaves what they did behind, without their name.
	IF TG_OP = 'UPDATE' AND TG_NARGS = 1
		AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0]
		AND to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
	THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- Every company has its row of reads, whatever code inserts it.
CREATE OR REPLACE FUNCTION add_company_reads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO company_reads (company_id) SELECT id FROM added;
	RETURN NULL;
END $$;

-- Counts of companies and connections, kept as additions and subtractions.
CREATE OR REPLACE FUNCTION tally_company() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		INSERT INTO tallies (kind, status, count)
		VALUES ('company', CASE WHEN OLD.ignored_at IS NULL THEN OLD.attention ELSE 'ignored' END, -1);
	END IF;
	IF TG_OP <> 'DELETE' THEN
		INSERT INTO tallies (kind, status, count)
		VALUES ('company', CASE WHEN NEW.ignored_at IS NULL THEN NEW.attention ELSE 'ignored' END, 1);
	END IF;
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tally_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' AND OLD.removed_at IS NULL THEN
		INSERT INTO tallies (kind, status, platform_key, platform_name, count)
		VALUES ('connection', OLD.state, OLD.platform_key, OLD.platform_name, -1);
	END IF;
	IF TG_OP <> 'DELETE' AND NEW.removed_at IS NULL THEN
		INSERT INTO tallies (kind, status, platform_key, platform_name, count)
		VALUES ('connection', NEW.state, NEW.platform_key, NEW.platform_name, 1);
	END IF;
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tally_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM tallies WHERE kind = TG_ARGV[0];
	RETURN NULL;
END $$;

-- Tells every process whose open pages to look at again: a session ended, or rights changed.
CREATE OR REPLACE FUNCTION notify_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('portal_people', (CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END).user_id::text);
	RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION notify_disabled_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('portal_people', NEW.id::text);
	RETURN NULL;
END $$;

-- Above this line: before the migrations, which need it. Below: after them, on their tables. -------

CREATE OR REPLACE TRIGGER consents_only_added
	BEFORE UPDATE OR DELETE ON consents
	FOR EACH ROW EXECUTE FUNCTION only_ever_added('user_id');

CREATE OR REPLACE TRIGGER consents_not_truncated
	BEFORE TRUNCATE ON consents
	FOR EACH STATEMENT EXECUTE FUNCTION only_ever_added();

CREATE OR REPLACE TRIGGER status_changes_only_added
	BEFORE UPDATE OR DELETE ON connection_status_changes
	FOR EACH ROW EXECUTE FUNCTION only_ever_added('actor_id');

CREATE OR REPLACE TRIGGER status_changes_not_truncated
	BEFORE TRUNCATE ON connection_status_changes
	FOR EACH STATEMENT EXECUTE FUNCTION only_ever_added();

CREATE OR REPLACE TRIGGER audit_only_added
	BEFORE UPDATE OR DELETE ON audit_entries
	FOR EACH ROW EXECUTE FUNCTION only_ever_added();

CREATE OR REPLACE TRIGGER audit_not_truncated
	BEFORE TRUNCATE ON audit_entries
	FOR EACH STATEMENT EXECUTE FUNCTION only_ever_added();

CREATE OR REPLACE TRIGGER companies_have_reads
	AFTER INSERT ON companies REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION add_company_reads();

CREATE OR REPLACE TRIGGER company_list_tally_made
	AFTER INSERT OR DELETE ON company_list
	FOR EACH ROW EXECUTE FUNCTION tally_company();

CREATE OR REPLACE TRIGGER company_list_tally_changed
	AFTER UPDATE ON company_list
	FOR EACH ROW
	WHEN (OLD.attention <> NEW.attention OR (OLD.ignored_at IS NULL) <> (NEW.ignored_at IS NULL))
	EXECUTE FUNCTION tally_company();

CREATE OR REPLACE TRIGGER company_list_tally_emptied
	AFTER TRUNCATE ON company_list
	FOR EACH STATEMENT EXECUTE FUNCTION tally_nothing('company');

CREATE OR REPLACE TRIGGER connections_tally_made
	AFTER INSERT OR DELETE ON connections
	FOR EACH ROW EXECUTE FUNCTION tally_connection();

CREATE OR REPLACE TRIGGER connections_tally_changed
	AFTER UPDATE ON connections
	FOR EACH ROW
	WHEN ((OLD.state, OLD.platform_key, OLD.platform_name, OLD.removed_at IS NULL)
		IS DISTINCT FROM (NEW.state, NEW.platform_key, NEW.platform_name, NEW.removed_at IS NULL))
	EXECUTE FUNCTION tally_connection();

CREATE OR REPLACE TRIGGER connections_tally_emptied
	AFTER TRUNCATE ON connections
	FOR EACH STATEMENT EXECUTE FUNCTION tally_nothing('connection');

CREATE OR REPLACE TRIGGER sessions_end
	AFTER UPDATE OF ended_at ON sessions
	FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL) EXECUTE FUNCTION notify_person();

CREATE OR REPLACE TRIGGER sessions_delete
	AFTER DELETE ON sessions
	FOR EACH ROW WHEN (OLD.ended_at IS NULL) EXECUTE FUNCTION notify_person();

CREATE OR REPLACE TRIGGER operator_roles_change
	AFTER INSERT OR UPDATE OR DELETE ON operator_roles
	FOR EACH ROW EXECUTE FUNCTION notify_person();

CREATE OR REPLACE TRIGGER memberships_change
	AFTER UPDATE OR DELETE ON memberships
	FOR EACH ROW EXECUTE FUNCTION notify_person();

CREATE OR REPLACE TRIGGER users_disable
	AFTER UPDATE OF disabled_at ON users
	FOR EACH ROW WHEN (NEW.disabled_at IS DISTINCT FROM OLD.disabled_at) EXECUTE FUNCTION notify_disabled_person();

-- Room on each page, so that a new version of a row finds its place beside the old one.
ALTER TABLE company_reads SET (fillfactor = 70);
ALTER TABLE company_list SET (fillfactor = 80);
ALTER TABLE connections SET (fillfactor = 80);
