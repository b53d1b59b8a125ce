import type { ChangeSource } from '@/lib/sync/schemas';

/** What the timeline of a company can be narrowed to. */
export const timelineFilters = ['all', 'changes', 'webhook', 'staff', 'customer'] as const;

export type TimelineFilter = (typeof timelineFilters)[number];

/** `at` is when the portal learned of it, ISO-8601 UTC, and what the timeline is ordered by. */
export type TimelineEntry = { id: string; at: string } & (
  | {
      kind: 'status';
      platformName: string;
      fromStatus: string | null;
      /** Null: removed at Codat. */
      toStatus: string | null;
      source: ChangeSource;
      occurredAt: string;
      actorName: string | null;
    }
  | { kind: 'webhook'; eventType: string; state: string }
  | {
      kind: 'audit';
      action: string;
      actorKind: string;
      actorName: string;
      subject: string;
      detail: Record<string, string | number | boolean | null>;
    }
  | { kind: 'consent'; byName: string | null; textVersion: string }
  | {
      kind: 'link';
      byName: string | null;
      /** By a link that staff copied: the entry then is of the return. */
      copied: boolean;
      returnedAt: string | null;
      statusCode: string | null;
    }
);

export type TimelinePage = {
  entries: TimelineEntry[];
  /** Cursor of what is older; null at the end. */
  older: string | null;
};
