DROP INDEX "status_changes_broke_idx";--> statement-breakpoint
DROP INDEX "status_changes_repaired_idx";--> statement-breakpoint
DROP INDEX "connections_since_idx";--> statement-breakpoint
DROP INDEX "connections_platform_idx";--> statement-breakpoint
ALTER TABLE "company_list" drop column "attention_rank";--> statement-breakpoint
ALTER TABLE "company_list" ADD COLUMN "attention_rank" smallint GENERATED ALWAYS AS (array_position(array['deleted','provisioning','needs_reconnect','data_stopped','unfinished','disconnected','none','ok'], attention)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "sync_hours" integer;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "sync_hours_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connection_status_changes" ADD COLUMN "health" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "read_failure" jsonb;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "stopped_why" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "stopped_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "health_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "state" text GENERATED ALWAYS AS (case when status = 'Linked' and stopped_why is not null then 'stopped' else status end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "state_since" timestamp with time zone GENERATED ALWAYS AS (case when status = 'Linked' and stopped_why is not null then stopped_since
        else coalesce(status_changed_at,
          case when status in ('Linked', 'PendingAuth') then codat_created_at end) end) STORED;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "data_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "connections_health_due_idx" ON "connections" USING btree ("health_due_at") WHERE health_due_at is not null;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "status_changes_broke_idx" ON "connection_status_changes" USING btree ("recorded_at","id") WHERE ((to_status = 'Deauthorized' and (from_status is not null or source = 'webhook'))
    or (health = 'stopped' and from_status is not null));--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "status_changes_repaired_idx" ON "connection_status_changes" USING btree ("recorded_at","id") WHERE ((from_status = 'Deauthorized' and to_status = 'Linked') or health = 'resumed');--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "connections_since_idx" ON "connections" USING btree ("state",coalesce(state_since, first_known_at),"id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "connections_platform_idx" ON "connections" USING btree ("platform_key","state",coalesce(state_since, first_known_at),"id") WHERE removed_at is null;--> statement-breakpoint
-- Written by hand: its index went with the column.
CREATE INDEX IF NOT EXISTS "company_list_rank_idx" ON "company_list" USING btree ("attention_rank","attention_since","company_id");--> statement-breakpoint
-- Written by hand: a connection that a read or a sweep saw first did not change at that moment.
UPDATE "connections" c SET "status_changed_at" = NULL
WHERE c.status_changed_at IS NOT NULL AND c.removed_at IS NULL
	AND EXISTS (SELECT FROM connection_status_changes seen WHERE seen.connection_id = c.id
		AND seen.from_status IS NULL AND seen.source IN ('read', 'return', 'sweep'))
	AND NOT EXISTS (SELECT FROM connection_status_changes known WHERE known.connection_id = c.id
		AND (known.from_status IS NOT NULL OR known.source NOT IN ('read', 'return', 'sweep')));
