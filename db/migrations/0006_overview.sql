CREATE TABLE "tallies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tallies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"platform_key" text,
	"platform_name" text,
	"count" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "connections_status_idx";--> statement-breakpoint
DROP INDEX "status_changes_recorded_idx";--> statement-breakpoint
CREATE INDEX "status_changes_broke_idx" ON "connection_status_changes" USING btree ("recorded_at","id") WHERE to_status = 'Deauthorized';--> statement-breakpoint
CREATE INDEX "status_changes_repaired_idx" ON "connection_status_changes" USING btree ("recorded_at","id") WHERE from_status = 'Deauthorized' and to_status = 'Linked';--> statement-breakpoint
CREATE INDEX "connections_since_idx" ON "connections" USING btree ("status",coalesce(status_changed_at, first_known_at),"id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "connections_platform_idx" ON "connections" USING btree ("platform_key","status",coalesce(status_changed_at, first_known_at),"id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "status_changes_recorded_idx" ON "connection_status_changes" USING btree ("recorded_at","id");--> statement-breakpoint
CREATE FUNCTION tally_company() RETURNS trigger LANGUAGE plpgsql AS $$
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
--> statement-breakpoint
CREATE FUNCTION tally_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' AND OLD.removed_at IS NULL THEN
		INSERT INTO tallies (kind, status, platform_key, platform_name, count)
		VALUES ('connection', OLD.status, OLD.platform_key, OLD.platform_name, -1);
	END IF;
	IF TG_OP <> 'DELETE' AND NEW.removed_at IS NULL THEN
		INSERT INTO tallies (kind, status, platform_key, platform_name, count)
		VALUES ('connection', NEW.status, NEW.platform_key, NEW.platform_name, 1);
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION tally_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM tallies WHERE kind = TG_ARGV[0];
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER companies_tally_made AFTER INSERT OR DELETE ON companies FOR EACH ROW EXECUTE FUNCTION tally_company();
--> statement-breakpoint
CREATE TRIGGER companies_tally_changed AFTER UPDATE ON companies FOR EACH ROW
WHEN (OLD.attention <> NEW.attention OR (OLD.ignored_at IS NULL) <> (NEW.ignored_at IS NULL))
EXECUTE FUNCTION tally_company();
--> statement-breakpoint
CREATE TRIGGER companies_tally_emptied AFTER TRUNCATE ON companies FOR EACH STATEMENT EXECUTE FUNCTION tally_nothing('company');
--> statement-breakpoint
CREATE TRIGGER connections_tally_made AFTER INSERT OR DELETE ON connections FOR EACH ROW EXECUTE FUNCTION tally_connection();
--> statement-breakpoint
CREATE TRIGGER connections_tally_changed AFTER UPDATE ON connections FOR EACH ROW
WHEN ((OLD.status, OLD.platform_key, OLD.platform_name, OLD.removed_at IS NULL)
	IS DISTINCT FROM (NEW.status, NEW.platform_key, NEW.platform_name, NEW.removed_at IS NULL))
EXECUTE FUNCTION tally_connection();
--> statement-breakpoint
CREATE TRIGGER connections_tally_emptied AFTER TRUNCATE ON connections FOR EACH STATEMENT EXECUTE FUNCTION tally_nothing('connection');
--> statement-breakpoint
-- Making the triggers has locked both tables against writers until this migration is over.
INSERT INTO tallies (kind, status, count)
SELECT 'company', CASE WHEN ignored_at IS NULL THEN attention ELSE 'ignored' END, count(*)
FROM companies GROUP BY 2;
--> statement-breakpoint
INSERT INTO tallies (kind, status, platform_key, platform_name, count)
SELECT 'connection', status, platform_key, platform_name, count(*)
FROM connections WHERE removed_at IS NULL GROUP BY 2, 3, 4;
