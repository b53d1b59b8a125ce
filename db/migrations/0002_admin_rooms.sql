CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"name" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"succeeded_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "operator_settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"company_id" uuid,
	"subject" text DEFAULT '' NOT NULL,
	"detail" jsonb NOT NULL,
	"request_id" text,
	"ip_address" text
);
--> statement-breakpoint
ALTER TABLE "consents" DROP CONSTRAINT "consents_company_id_companies_id_fk";
--> statement-breakpoint
ALTER TABLE "connection_status_changes" DROP CONSTRAINT "connection_status_changes_company_id_companies_id_fk";
--> statement-breakpoint
ALTER TABLE "connection_status_changes" DROP CONSTRAINT "connection_status_changes_connection_id_connections_id_fk";
--> statement-breakpoint
DROP INDEX "companies_created_idx";--> statement-breakpoint
DROP INDEX "companies_attention_idx";--> statement-breakpoint
DROP INDEX "consents_company_idx";--> statement-breakpoint
DROP INDEX "status_changes_connection_idx";--> statement-breakpoint
DROP INDEX "status_changes_company_idx";--> statement-breakpoint
DROP INDEX "link_sessions_company_idx";--> statement-breakpoint
DROP INDEX "webhook_events_company_idx";--> statement-breakpoint
DROP INDEX "sweeps_started_idx";--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "tags" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "ignored_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "owner_email" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "connection_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "facets" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "search_text" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "attention_rank" smallint GENERATED ALWAYS AS (array_position(array['deleted','provisioning','needs_reconnect','unfinished','disconnected','none','ok'], attention)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "known_at" timestamp with time zone GENERATED ALWAYS AS (coalesce(greatest(read_at, event_at), '-infinity'::timestamptz)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "verified_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_company_idx" ON "audit_entries" USING btree ("company_id","id");--> statement-breakpoint
CREATE INDEX "audit_actor_idx" ON "audit_entries" USING btree ("actor_name","id");--> statement-breakpoint
CREATE INDEX "audit_action_idx" ON "audit_entries" USING btree ("action","id");--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_status_changes" ADD CONSTRAINT "connection_status_changes_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_status_changes" ADD CONSTRAINT "connection_status_changes_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "companies_name_idx" ON "companies" USING btree (lower(name),"id");--> statement-breakpoint
CREATE INDEX "companies_owner_idx" ON "companies" USING btree ("owner_email","id");--> statement-breakpoint
CREATE INDEX "companies_rank_idx" ON "companies" USING btree ("attention_rank","id");--> statement-breakpoint
CREATE INDEX "companies_since_idx" ON "companies" USING btree ("attention_since","id");--> statement-breakpoint
CREATE INDEX "companies_connections_idx" ON "companies" USING btree ("connection_count","id");--> statement-breakpoint
CREATE INDEX "companies_known_idx" ON "companies" USING btree ("known_at","id");--> statement-breakpoint
CREATE INDEX "companies_facets_idx" ON "companies" USING gin ("facets");--> statement-breakpoint
CREATE INDEX "companies_search_idx" ON "companies" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "companies_unassigned_idx" ON "companies" USING btree ("created_at","id") WHERE origin = 'codat' and owner_email = '' and ignored_at is null;--> statement-breakpoint
CREATE INDEX "status_changes_recorded_idx" ON "connection_status_changes" USING btree ("recorded_at");--> statement-breakpoint
CREATE INDEX "connections_status_idx" ON "connections" USING btree ("status","platform_key","platform_name") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "link_sessions_started_idx" ON "link_sessions" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "webhook_events_state_idx" ON "webhook_events" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "webhook_events_type_idx" ON "webhook_events" USING btree ("event_type","id");--> statement-breakpoint
CREATE INDEX "webhook_events_codat_company_idx" ON "webhook_events" USING btree ("codat_company_id","id");--> statement-breakpoint
CREATE INDEX "companies_created_idx" ON "companies" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "companies_attention_idx" ON "companies" USING btree ("attention","created_at","id");--> statement-breakpoint
CREATE INDEX "consents_company_idx" ON "consents" USING btree ("company_id","accepted_at");--> statement-breakpoint
CREATE INDEX "status_changes_connection_idx" ON "connection_status_changes" USING btree ("connection_id","recorded_at");--> statement-breakpoint
CREATE INDEX "status_changes_company_idx" ON "connection_status_changes" USING btree ("company_id","recorded_at");--> statement-breakpoint
CREATE INDEX "link_sessions_company_idx" ON "link_sessions" USING btree ("company_id","started_at");--> statement-breakpoint
CREATE INDEX "webhook_events_company_idx" ON "webhook_events" USING btree ("company_id","received_at");--> statement-breakpoint
CREATE INDEX "sweeps_started_idx" ON "sweeps" USING btree ("started_at");
--> statement-breakpoint
CREATE FUNCTION only_ever_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- Erasing a person or a business by law is a decision of its own: SET LOCAL portal.erasing = 'on'.
	IF current_setting('portal.erasing', true) = 'on' THEN
		RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
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
--> statement-breakpoint
CREATE TRIGGER consents_only_added BEFORE UPDATE OR DELETE ON consents FOR EACH ROW EXECUTE FUNCTION only_ever_added('user_id');
--> statement-breakpoint
CREATE TRIGGER consents_not_truncated BEFORE TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION only_ever_added();
--> statement-breakpoint
CREATE TRIGGER status_changes_only_added BEFORE UPDATE OR DELETE ON connection_status_changes FOR EACH ROW EXECUTE FUNCTION only_ever_added('actor_id');
--> statement-breakpoint
CREATE TRIGGER status_changes_not_truncated BEFORE TRUNCATE ON connection_status_changes FOR EACH STATEMENT EXECUTE FUNCTION only_ever_added();
--> statement-breakpoint
CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION only_ever_added();
--> statement-breakpoint
CREATE TRIGGER audit_not_truncated BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION only_ever_added();
