import 'server-only';
import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { sessionClient, sessionSettings } from '@/db/session';
import { hears } from '@/lib/live/listener';
import { type Check, checkText, type Outcome } from './check';
import { requireDatabase, requireSetting } from './context';

/** Parameters of an address that node-postgres acts on; it ignores all others of libpq. */
const taken = `user password host port ssl sslmode sslcert sslkey sslrootcert sslnegotiation
  application_name fallback_application_name options client_encoding statement_timeout lock_timeout
  idle_in_transaction_session_timeout uselibpqcompat`.split(/\s+/);

/** Whether what the database's address asks for is done. */
export const databaseUrl: Check = {
  id: 'database-url',
  group: 'database',
  run: async (context) => {
    const { searchParams } = new URL(requireSetting(context, 'DATABASE_URL'));
    const ignored = [...searchParams.keys()].filter((name) => !taken.includes(name));
    if (ignored.length > 0) {
      const names = ignored.join(', ');
      return {
        state: 'warn',
        found: checkText('database-url.ignored', { names }),
        fix: checkText('database-url.fix'),
        fixedIn: 'environment',
      };
    }
    return { state: 'ok', found: checkText('database-url.ok') };
  },
};

const wanted = { ...sessionSettings, session_replication_role: 'origin' };

/** At once, so that a pooler gives them different connections. */
const parallel = 2;

type Difference = { name: string; value: string };

async function differing(db: Db): Promise<Difference[]> {
  const values = Object.entries(wanted).map(([name, value]) => sql`(${name}, ${value})`);
  const ask = () =>
    db.execute<Difference>(sql`
      select name, value from (values ${sql.join(values, sql`, `)}) as wanted (name, value)
        where current_setting(name, true) <> value and pg_sleep(0.05) is not null
      union all select 'search_path', quote_ident(min(relnamespace::regnamespace::text))
        from pg_class where relname = 'company_reads' and to_regclass('company_reads') is null
        having count(*) > 0`);
  const answers = await Promise.all(Array.from({ length: parallel }, ask));
  const all = answers.flatMap(({ rows }) => rows);
  return all.filter((one, index) => all.findIndex(({ name }) => name === one.name) === index);
}

/** Whether sessions are as the portal sets them: a pooler may give it others' instead. */
export const databaseSession: Check = {
  id: 'database-session',
  group: 'database',
  run: async (context) => {
    const { db, facts } = await requireDatabase(context);
    const different = await differing(db);
    if (different.length === 0) return { state: 'ok', found: checkText('database-session.ok') };
    const user = decodeURIComponent(new URL(requireSetting(context, 'DATABASE_URL')).username);
    const own = `ALTER ROLE "${user}" IN DATABASE "${facts.name}" SET`;
    const statements = different.map(({ name, value }) => `${own} ${name} = '${value}';`);
    const names = different.map(({ name }) => name).join(', ');
    return {
      state: 'fail',
      found: checkText('database-session.other', { names }),
      fix: checkText('database-session.fix', { statements: statements.join(' ') }),
      fixedIn: 'environment',
    };
  },
};

/** Whether one connection hears what is sent over another, which live updates rest on. */
export const liveUpdates: Check = {
  id: 'live-updates',
  group: 'database',
  run: async (context) => {
    const { db } = await requireDatabase(context);
    const { DATABASE_URL = '', DATABASE_DIRECT_URL } = context.environment.values;
    const client = sessionClient(DATABASE_DIRECT_URL ?? DATABASE_URL, {
      connectionTimeoutMillis: 3000,
      query_timeout: 3000,
      statementTimeoutMs: 3000,
    });
    const channel = `portal_check_${crypto.randomUUID().replaceAll('-', '')}`;
    const heard = await client
      .connect()
      .then(() => client.query(`listen ${channel}`))
      .then(async () => {
        const arrival = hears(client, channel);
        await db.execute(sql`select pg_notify(${channel}, '')`);
        return arrival;
      })
      .finally(() => client.end().catch(() => {}));
    if (heard) return { state: 'ok', found: checkText('live-updates.ok') };
    return unheard(DATABASE_DIRECT_URL !== undefined);
  },
};

function unheard(hasDirect: boolean): Outcome {
  return {
    state: 'fail',
    found: checkText(hasDirect ? 'live-updates.elsewhere' : 'live-updates.unheard'),
    fix: checkText('live-updates.fix'),
    fixedIn: 'environment',
  };
}
