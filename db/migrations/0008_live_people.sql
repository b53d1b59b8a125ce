-- Tells every process whose open pages to look at again: a session ended, or rights changed.
CREATE OR REPLACE FUNCTION notify_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('portal_people', (CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END).user_id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION notify_disabled_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('portal_people', NEW.id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER sessions_end AFTER UPDATE OF ended_at ON "sessions"
  FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL) EXECUTE FUNCTION notify_person();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER sessions_delete AFTER DELETE ON "sessions"
  FOR EACH ROW WHEN (OLD.ended_at IS NULL) EXECUTE FUNCTION notify_person();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER operator_roles_change AFTER INSERT OR UPDATE OR DELETE ON "operator_roles"
  FOR EACH ROW EXECUTE FUNCTION notify_person();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER memberships_change AFTER UPDATE OR DELETE ON "memberships"
  FOR EACH ROW EXECUTE FUNCTION notify_person();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER users_disable AFTER UPDATE OF disabled_at ON "users"
  FOR EACH ROW WHEN (NEW.disabled_at IS DISTINCT FROM OLD.disabled_at) EXECUTE FUNCTION notify_disabled_person();
