DROP INDEX "companies_attention_idx";--> statement-breakpoint
DROP INDEX "companies_name_idx";--> statement-breakpoint
DROP INDEX "companies_owner_idx";--> statement-breakpoint
DROP INDEX "companies_rank_idx";--> statement-breakpoint
CREATE INDEX "companies_name_prefix_idx" ON "companies" USING btree (lower(left(name, 100)) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "companies_ignored_idx" ON "companies" USING btree ("created_at","id") WHERE ignored_at is not null;--> statement-breakpoint
CREATE INDEX "companies_attention_idx" ON "companies" USING btree ("attention","created_at","id","ignored_at");--> statement-breakpoint
CREATE INDEX "companies_name_idx" ON "companies" USING btree (lower(left(name, 100)),"id");--> statement-breakpoint
CREATE INDEX "companies_owner_idx" ON "companies" USING btree (owner_email collate "C","id");--> statement-breakpoint
CREATE INDEX "companies_rank_idx" ON "companies" USING btree ("attention_rank","attention_since","id");--> statement-breakpoint
ALTER INDEX "companies_facets_idx" SET (gin_pending_list_limit=256);--> statement-breakpoint
ALTER INDEX "companies_search_idx" SET (gin_pending_list_limit=256);
