import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getDb } from '@/db/client';
import { buildCommands } from '@/testing/built-commands';
import { databaseUrl } from '@/testing/database-names';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer } from '@/testing/make-customer';
import { makeOwnDatabase } from '@/testing/own-database';

// Each starts a process or several.
vi.setConfig({ testTimeout: 60_000 });

let codat: LocalCodat;
let commands: Awaited<ReturnType<typeof buildCommands>>;
let dropDatabase: () => Promise<void>;
let DATABASE_URL: string;
const APP_URL = 'https://connect.example.com';

beforeAll(async () => {
  dropDatabase = await makeOwnDatabase('commands');
  DATABASE_URL = process.env.DATABASE_URL ?? '';
  codat = await startLocalCodat();
  commands = await buildCommands();
}, 60_000);
afterAll(async () => {
  await commands.remove();
  await codat.stop();
  await getDb().$client.end();
  await dropDatabase();
});

const isOneLine = (text: string) => /^[^\n]+\n$/.test(text);

describe('a command', () => {
  it.each([
    ['migrate', [], {}, /up to date/],
    ['admin-invite', ['ana@example.com'], { APP_URL }, /accept-invite/],
    ['seed-many', ['--companies', '2'], { PORTAL_MODE: 'test' }, /Added 2 companies/],
  ] as const)('%s needs only the settings that it uses', async (name, args, env, said) => {
    const { code, output, errors } = await commands.run(name, [...args], { DATABASE_URL, ...env });
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(said);
  });

  it('codat-setup needs neither a database nor secrets', async () => {
    const env = { APP_URL, CODAT_API_KEY: 'test-key', CODAT_API_URL: codat.url };
    const { code, output, errors } = await commands.run('codat-setup', ['--yes'], env);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(/Codat is set up/);
  });

  it.each([
    ['migrate', [], /DATABASE_URL is missing/],
    ['admin-invite', ['ana@example.com'], /APP_URL is missing; DATABASE_URL is missing/],
    ['admin-revoke', ['ana@example.com'], /DATABASE_URL is missing/],
    ['erase', ['00000000-0000-4000-8000-000000000000', '--yes'], /DATABASE_URL is missing/],
    ['seed-many', [], /DATABASE_URL is missing/],
    ['codat-setup', [], /APP_URL is missing; CODAT_API_KEY is missing/],
  ] as const)('%s says in one line which settings it lacks', async (name, args, said) => {
    const { code, output, errors } = await commands.run(name, [...args], {});
    expect([code, output, isOneLine(errors)]).toEqual([1, '', true]);
    expect(errors).toMatch(said);
  });

  it.each([
    ['migrate', [], {}],
    ['admin-invite', ['ana@example.com'], { APP_URL }],
    ['admin-revoke', ['ana@example.com'], {}],
    ['erase', ['00000000-0000-4000-8000-000000000000', '--yes'], {}],
    ['seed-many', [], { PORTAL_MODE: 'test' }],
  ] as const)('%s says in one line that no database answers', async (name, args, env) => {
    const nothing = 'postgresql://portal@127.0.0.1:1/portal';
    const { code, output, errors } = await commands.run(name, [...args], {
      ...env,
      DATABASE_URL: nothing,
    });
    expect([code, output, isOneLine(errors)]).toEqual([1, '', true]);
    expect(errors).toMatch(/database doesn’t answer \(ECONNREFUSED\)/);
  });

  it.each([
    ['seed-many', ['--companies', 'many'], {}, /How many\?/],
    ['seed-many', ['--company', '3'], {}, /Unknown option '--company'/],
    ['seed-many', [], { PORTAL_MODE: 'production' }, /wasn’t created by a demo/],
    ['erase', [], {}, /Which company\?/],
    ['erase', ['00000000-0000-4000-8000-000000000000', '--yes'], {}, /./],
  ] as const)(
    '%s %j says in one line what is wrong with how it is used',
    async (name, args, env, said) => {
      const given = { DATABASE_URL, PORTAL_MODE: 'test', ...env };
      const { code, output, errors } = await commands.run(name, [...args], given);
      expect([code, output, isOneLine(errors)]).toEqual([1, '', true]);
      expect(errors).toMatch(said);
    },
  );

  it('ends an unknown failure without a stack, and the worker too', async () => {
    const wrong = { DATABASE_URL: databaseUrl(DATABASE_URL, 'no_such_database') };
    const { code, errors } = await commands.run('migrate', [], wrong);
    expect([code, isOneLine(errors)]).toEqual([1, true]);
    const worker = await commands.run('worker', [], { DATABASE_URL });
    expect(worker.code).toBe(1);
    expect(worker.errors).toMatch(/AUTH_SECRET: is missing/);
    expect(worker.errors).not.toMatch(/^ +at /m);
  });
});

describe('npm run admin:revoke', () => {
  it('speaks in sentences, without lines of a log between them', async () => {
    const { actor } = await makeCustomer();
    const email = actor.email;
    const env = { DATABASE_URL, ADMIN_EMAILS: email };
    await getDb().$client.query(
      `insert into operator_roles (user_id, role) values ('${actor.userId}', 'auditor')`,
    );
    const { code, output, errors } = await commands.run('admin-revoke', [email], env);
    expect([code, errors]).toEqual([0, '']);
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(
      `${email} is no longer auditor, and was signed out everywhere. Open invitations cancelled: 0.`,
    );
    expect(lines[1]).toMatch(/^ADMIN_EMAILS still lists this address/);
  });
});
