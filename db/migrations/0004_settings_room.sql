CREATE TABLE "check_findings" (
	"id" text PRIMARY KEY NOT NULL,
	"check_group" text NOT NULL,
	"title" jsonb NOT NULL,
	"state" text NOT NULL,
	"found" jsonb NOT NULL,
	"mend" jsonb,
	"mender" text,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "secret_fingerprints" (
	"name" text NOT NULL,
	"fingerprint" text NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secret_fingerprints_name_fingerprint_pk" PRIMARY KEY("name","fingerprint")
);
