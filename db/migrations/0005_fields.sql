ALTER TABLE "companies" ADD COLUMN "codat_description" text;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "codat_parent_id" text;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "provision_said" text;--> statement-breakpoint
ALTER TABLE "link_sessions" ADD COLUMN "stateless" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "companies_parent_idx" ON "companies" USING btree ("codat_parent_id") WHERE codat_parent_id is not null;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "link_sessions_user_idx" ON "link_sessions" USING btree ("user_id","started_at");--> statement-breakpoint
-- Written by hand. Until now Codat's description, a note for staff, became the name of companies that
-- were made here. Those whose name last changed that way get back the one they were called before.
WITH renames AS (
	SELECT id, company_id, actor_kind, subject FROM audit_entries
	WHERE action = 'company.rename' AND company_id IS NOT NULL
), noted AS (
	SELECT DISTINCT ON (r.company_id) r.company_id, r.subject AS name
	FROM renames r
	WHERE r.actor_kind = 'system' AND r.subject <> '' AND r.id > coalesce(
		(SELECT max(id) FROM renames p WHERE p.company_id = r.company_id AND p.actor_kind <> 'system'), 0)
	ORDER BY r.company_id, r.id
), named AS (
	SELECT c.id, c.name AS old, noted.name FROM noted JOIN companies c ON c.id = noted.company_id
	WHERE c.origin <> 'codat' AND c.name <> noted.name
), own AS (
	UPDATE companies SET name = named.name FROM named WHERE companies.id = named.id
), listed AS (
	UPDATE company_list SET name = named.name FROM named WHERE company_id = named.id
)
UPDATE company_search SET search_text = lower(named.name) || substr(search_text, length(named.old) + 1)
FROM named WHERE company_id = named.id;
