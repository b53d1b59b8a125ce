CREATE TABLE "sweep_differences" (
	"sweep_id" bigint NOT NULL,
	"company_id" uuid NOT NULL,
	"connections" integer NOT NULL,
	"noticed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sweep_differences_sweep_id_company_id_pk" PRIMARY KEY("sweep_id","company_id")
);
--> statement-breakpoint
CREATE TABLE "unknown_companies" (
	"codat_company_id" text PRIMARY KEY NOT NULL,
	"first_named_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ask_at" timestamp with time zone NOT NULL,
	"asked_at" timestamp with time zone,
	"asked" integer DEFAULT 0 NOT NULL,
	"answer" text
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "known_token" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "token" bigint;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "lease_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sweeps" ADD COLUMN "companies_listed" integer;--> statement-breakpoint
ALTER TABLE "sweeps" ADD COLUMN "companies_missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sweeps" ADD COLUMN "companies_failed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sweeps" ADD COLUMN "short_pages" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sweeps" ADD COLUMN "doubted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sweeps" ADD COLUMN "unordered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sweep_differences" ADD CONSTRAINT "sweep_differences_sweep_id_sweeps_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweeps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_differences" ADD CONSTRAINT "sweep_differences_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "unknown_companies_ask_idx" ON "unknown_companies" USING btree ("ask_at");--> statement-breakpoint
-- Written by hand: of several unfinished sweeps the oldest was the one that went on.
UPDATE "sweeps" SET "finished_at" = now() WHERE "finished_at" IS NULL AND "id" <> (SELECT min("id") FROM "sweeps" WHERE "finished_at" IS NULL);--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS "sweeps_unfinished_idx" ON "sweeps" USING btree ((true)) WHERE finished_at is null;