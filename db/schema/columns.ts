import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** A moment: `timestamptz`, as a Date. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A number that only grows, from 0. */
export const counter = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
