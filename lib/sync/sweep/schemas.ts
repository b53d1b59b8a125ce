/** One comparison of everything with Codat. Times are ISO-8601. */
export type SweepRow = {
  id: number;
  startedAt: string;
  /** Null while it is under way. */
  finishedAt: string | null;
  companiesSeen: number;
  companiesFound: number;
  missedByWebhook: number;
  /** What the last try at its next page ran into. */
  problem: string | null;
};

export type SweepList = {
  rows: SweepRow[];
  /** In seven days. */
  missedWeek: number;
  foundWeek: number;
};
