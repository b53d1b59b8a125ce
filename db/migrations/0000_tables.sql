CREATE SEQUENCE "public"."read_tokens" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "operator_roles" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ip_address" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "staff_invites" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "staff_invites_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "throttle_hits" (
	"key" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"hits" integer NOT NULL,
	CONSTRAINT "throttle_hits_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "user_identities" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_identities_issuer_subject_pk" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"email_verified_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"origin" text DEFAULT 'sign_up' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ignored_at" timestamp with time zone,
	"codat_company_id" text,
	"codat_first_redirect" text,
	"codat_created_at" timestamp with time zone,
	"codat_deleted_at" timestamp with time zone,
	"provision_key" uuid,
	"provision_body" jsonb,
	"provision_attempts" integer DEFAULT 0 NOT NULL,
	"provision_attempted_at" timestamp with time zone,
	"provision_lease_until" timestamp with time zone,
	"provision_problem" text,
	CONSTRAINT "companies_codat_company_id_unique" UNIQUE("codat_company_id")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"company_id" uuid NOT NULL,
	"user_id" uuid,
	"text_version" text NOT NULL,
	"text_sha256" text NOT NULL,
	"accepted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"company_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text DEFAULT 'owner' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "memberships_company_id_user_id_pk" PRIMARY KEY("company_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "connection_status_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"company_id" uuid NOT NULL,
	"connection_id" text NOT NULL,
	"from_status" text,
	"to_status" text,
	"source" text NOT NULL,
	"actor_id" uuid,
	"webhook_id" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"company_id" uuid NOT NULL,
	"platform_key" text,
	"platform_name" text NOT NULL,
	"integration_id" text,
	"source_id" text,
	"source_type" text NOT NULL,
	"status" text NOT NULL,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"codat_created_at" timestamp with time zone,
	"last_sync_at" timestamp with time zone,
	"linked_at" timestamp with time zone,
	"status_changed_at" timestamp with time zone,
	"first_known_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"event_at" timestamp with time zone,
	"event_applied_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "link_sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"state_hash" text NOT NULL,
	"company_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"started_as" text DEFAULT 'member' NOT NULL,
	"connection_id" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handed_off_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"returned_at" timestamp with time zone,
	"status_code" text,
	"reported_connection_id" text,
	"reported_message" text,
	"verified" boolean DEFAULT false NOT NULL,
	CONSTRAINT "link_sessions_state_hash_unique" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"webhook_id" text NOT NULL,
	"event_type" text NOT NULL,
	"event_id" text,
	"codat_company_id" text,
	"generated_at" timestamp with time zone,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"verified_at" timestamp with time zone DEFAULT now() NOT NULL,
	"payload" jsonb NOT NULL,
	"company_id" uuid,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"last_error" text,
	"trail" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "webhook_events_webhook_id_unique" UNIQUE("webhook_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_ids" (
	"webhook_id" text PRIMARY KEY NOT NULL,
	"first_received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deliveries" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "company_list" (
	"company_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"codat_company_id" text,
	"owner_email" text NOT NULL,
	"tags" jsonb NOT NULL,
	"ignored_at" timestamp with time zone,
	"codat_deleted_at" timestamp with time zone,
	"provision_problem" text,
	"connection_count" integer NOT NULL,
	"facets" text[] DEFAULT '{}'::text[] NOT NULL,
	"attention" text NOT NULL,
	"attention_since" timestamp with time zone DEFAULT now() NOT NULL,
	"attention_rank" smallint GENERATED ALWAYS AS (array_position(array['deleted','provisioning','needs_reconnect','unfinished','disconnected','none','ok'], attention)) STORED NOT NULL
);
--> statement-breakpoint
CREATE TABLE "company_search" (
	"company_id" uuid PRIMARY KEY NOT NULL,
	"search_text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "company_reads" (
	"company_id" uuid PRIMARY KEY NOT NULL,
	"reads_requested" bigint DEFAULT 0 NOT NULL,
	"read_applied" bigint DEFAULT 0 NOT NULL,
	"read_due_at" timestamp with time zone,
	"read_lease_until" timestamp with time zone,
	"read_failures" integer DEFAULT 0 NOT NULL,
	"read_at" timestamp with time zone,
	"event_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sweeps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"first_token" bigint NOT NULL,
	"next_page" integer DEFAULT 1 NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"companies_seen" integer DEFAULT 0 NOT NULL,
	"companies_found" integer DEFAULT 0 NOT NULL,
	"missed_by_webhook" integer DEFAULT 0 NOT NULL,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "codat_quota" (
	"id" integer PRIMARY KEY NOT NULL,
	"daily_limit" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"reset_at" timestamp with time zone,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"platform_key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"source_type" text,
	"source_id" text,
	"enabled" boolean NOT NULL,
	"logo" "bytea",
	"logo_type" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "check_findings" (
	"id" text PRIMARY KEY NOT NULL,
	"check_group" text NOT NULL,
	"title" jsonb NOT NULL,
	"state" text NOT NULL,
	"found" jsonb NOT NULL,
	"fix" jsonb,
	"fixed_in" text,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "environment_marker" (
	"kind" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
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
CREATE TABLE "secret_fingerprints" (
	"name" text NOT NULL,
	"fingerprint" text NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secret_fingerprints_name_fingerprint_pk" PRIMARY KEY("name","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tallies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"platform_key" text,
	"platform_name" text,
	"count" integer NOT NULL
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
ALTER TABLE "operator_roles" ADD CONSTRAINT "operator_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_status_changes" ADD CONSTRAINT "connection_status_changes_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_status_changes" ADD CONSTRAINT "connection_status_changes_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_status_changes" ADD CONSTRAINT "connection_status_changes_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_sessions" ADD CONSTRAINT "link_sessions_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_sessions" ADD CONSTRAINT "link_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_list" ADD CONSTRAINT "company_list_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_search" ADD CONSTRAINT "company_search_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_reads" ADD CONSTRAINT "company_reads_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "throttle_hits_window_idx" ON "throttle_hits" USING btree ("window_start");--> statement-breakpoint
CREATE INDEX "user_identities_user_idx" ON "user_identities" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "companies_unprovisioned_idx" ON "companies" USING btree ("created_at") WHERE codat_company_id is null and codat_deleted_at is null;--> statement-breakpoint
CREATE INDEX "consents_company_idx" ON "consents" USING btree ("company_id","accepted_at");--> statement-breakpoint
CREATE INDEX "memberships_user_idx" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "status_changes_connection_idx" ON "connection_status_changes" USING btree ("connection_id","recorded_at");--> statement-breakpoint
CREATE INDEX "status_changes_company_idx" ON "connection_status_changes" USING btree ("company_id","recorded_at");--> statement-breakpoint
CREATE INDEX "status_changes_webhook_idx" ON "connection_status_changes" USING btree ("webhook_id") WHERE webhook_id is not null;--> statement-breakpoint
CREATE INDEX "status_changes_recorded_idx" ON "connection_status_changes" USING btree ("recorded_at","id");--> statement-breakpoint
CREATE INDEX "status_changes_broke_idx" ON "connection_status_changes" USING btree ("recorded_at","id") WHERE to_status = 'Deauthorized';--> statement-breakpoint
CREATE INDEX "status_changes_repaired_idx" ON "connection_status_changes" USING btree ("recorded_at","id") WHERE from_status = 'Deauthorized' and to_status = 'Linked';--> statement-breakpoint
CREATE INDEX "connections_company_idx" ON "connections" USING btree ("company_id","codat_created_at");--> statement-breakpoint
CREATE INDEX "connections_since_idx" ON "connections" USING btree ("status",coalesce(status_changed_at, first_known_at),"id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "connections_platform_idx" ON "connections" USING btree ("platform_key","status",coalesce(status_changed_at, first_known_at),"id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "link_sessions_company_idx" ON "link_sessions" USING btree ("company_id","started_at");--> statement-breakpoint
CREATE INDEX "link_sessions_started_idx" ON "link_sessions" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "webhook_events_due_idx" ON "webhook_events" USING btree ("due_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_events_unmatched_idx" ON "webhook_events" USING btree ("codat_company_id") WHERE state = 'unmatched';--> statement-breakpoint
CREATE INDEX "webhook_events_company_idx" ON "webhook_events" USING btree ("company_id","received_at");--> statement-breakpoint
CREATE INDEX "webhook_events_received_idx" ON "webhook_events" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_state_idx" ON "webhook_events" USING btree ("state","received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_type_idx" ON "webhook_events" USING btree ("event_type","received_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_codat_company_idx" ON "webhook_events" USING btree ("codat_company_id","received_at","id");--> statement-breakpoint
CREATE INDEX "company_list_created_idx" ON "company_list" USING btree ("created_at","company_id");--> statement-breakpoint
CREATE INDEX "company_list_attention_idx" ON "company_list" USING btree ("attention","created_at","company_id","ignored_at");--> statement-breakpoint
CREATE INDEX "company_list_name_idx" ON "company_list" USING btree (lower(left(name, 100)),"company_id");--> statement-breakpoint
CREATE INDEX "company_list_name_prefix_idx" ON "company_list" USING btree (lower(left(name, 100)) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "company_list_owner_idx" ON "company_list" USING btree (owner_email collate "C","company_id");--> statement-breakpoint
CREATE INDEX "company_list_rank_idx" ON "company_list" USING btree ("attention_rank","attention_since","company_id");--> statement-breakpoint
CREATE INDEX "company_list_since_idx" ON "company_list" USING btree ("attention_since","company_id");--> statement-breakpoint
CREATE INDEX "company_list_connections_idx" ON "company_list" USING btree ("connection_count","company_id");--> statement-breakpoint
CREATE INDEX "company_list_facets_idx" ON "company_list" USING gin ("facets") WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "company_list_unassigned_idx" ON "company_list" USING btree ("created_at","company_id") WHERE origin = 'codat' and owner_email = '' and ignored_at is null;--> statement-breakpoint
CREATE INDEX "company_list_ignored_idx" ON "company_list" USING btree ("created_at","company_id") WHERE ignored_at is not null;--> statement-breakpoint
CREATE INDEX "company_search_text_idx" ON "company_search" USING gin ("search_text" gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "company_reads_due_idx" ON "company_reads" USING btree ("read_due_at") WHERE read_due_at is not null;--> statement-breakpoint
CREATE INDEX "sweeps_started_idx" ON "sweeps" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "audit_at_idx" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_company_idx" ON "audit_entries" USING btree ("company_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_actor_idx" ON "audit_entries" USING btree ("actor_name","at","id");--> statement-breakpoint
CREATE INDEX "audit_action_idx" ON "audit_entries" USING btree ("action","at","id");