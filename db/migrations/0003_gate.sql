ALTER TABLE "codat_quota" ALTER COLUMN "daily_limit" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "codat_quota" ALTER COLUMN "remaining" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "codat_quota" ADD COLUMN "blocked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "codat_quota" ADD COLUMN "blocked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "codat_quota" ADD COLUMN "probed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "codat_quota" ADD COLUMN "paced_until" timestamp with time zone;