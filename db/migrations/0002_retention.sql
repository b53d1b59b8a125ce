ALTER TABLE "consents" DROP CONSTRAINT IF EXISTS "consents_company_id_companies_id_fk";
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "sessions_over_idx" ON "sessions" USING btree (least(ended_at, expires_at));--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "webhook_ids_last_received_idx" ON "webhook_ids" USING btree ("last_received_at");