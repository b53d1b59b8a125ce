DROP INDEX "webhook_events_received_idx";--> statement-breakpoint
DROP INDEX "webhook_events_state_idx";--> statement-breakpoint
DROP INDEX "webhook_events_type_idx";--> statement-breakpoint
DROP INDEX "webhook_events_codat_company_idx";--> statement-breakpoint
DROP INDEX "audit_company_idx";--> statement-breakpoint
DROP INDEX "audit_actor_idx";--> statement-breakpoint
DROP INDEX "audit_action_idx";--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "trail" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_at_idx" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_received_idx" ON "webhook_events" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_state_idx" ON "webhook_events" USING btree ("state","received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_type_idx" ON "webhook_events" USING btree ("event_type","received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_codat_company_idx" ON "webhook_events" USING btree ("codat_company_id","received_at","id");--> statement-breakpoint
CREATE INDEX "audit_company_idx" ON "audit_entries" USING btree ("company_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_actor_idx" ON "audit_entries" USING btree ("actor_name","at","id");--> statement-breakpoint
CREATE INDEX "audit_action_idx" ON "audit_entries" USING btree ("action","at","id");