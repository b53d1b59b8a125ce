import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { actionRules, handlerRules, pageRules, type Rule } from '@/architecture/access-rules';
import {
  type Answer,
  acceptInviteAction,
  copyLinkAction,
  disconnectAction,
  type Fields,
  HttpPerson,
  listBuiltActions,
  plantedName,
  reprocessAction,
  selectCompanyAction,
  signInAction,
  signOutAction,
  signUpAction,
  signUpOverHttp,
  startLinkAction,
} from './fixtures/http-person';
import { LocalCodat } from './fixtures/local-codat';
import { type OwnPortal, startPortalWithoutProxy } from './fixtures/portal-process';
import { codatUrl, portalUrl, requireSetting } from './fixtures/stack';
import { type StaffRole, TenantRows } from './fixtures/tenant-rows';

// One scene for all: a business whose every name is planted, and everybody who is not it.
test.describe.configure({ mode: 'serial' });

interface Victim {
  companyId: string;
  codatCompanyId: string;
  userId: string;
  connectionId: string;
  linkSessionId: string;
  eventId: string;
  email: string;
  businessName: string;
  sessionId: string;
  platform: string;
  /** Occur in answers about this business and nowhere else. */
  marks: string[];
}

type Role = 'signed out' | 'stranger' | 'removed' | 'disabled' | 'member' | StaffRole;

const staffRoles: readonly Role[] = ['admin', 'support', 'auditor'];
/** As the design of staff has it, apart from how the portal writes it down. */
const permissions: Record<StaffRole, readonly string[]> = {
  admin: [
    'companies:read',
    'companies:refresh',
    'companies:write',
    'links:copy',
    'webhooks:read',
    'webhooks:write',
    'settings:read',
    'settings:write',
    'audit:read',
    'export:read',
  ],
  support: ['companies:read', 'companies:refresh', 'links:copy', 'webhooks:read', 'settings:read'],
  auditor: ['companies:read', 'webhooks:read', 'settings:read', 'audit:read', 'export:read'],
};

/** Pages for staff on which no business is named. */
const aboutNobody = ['/admin/companies/new', '/admin', '/admin/settings', '/admin/sweeps'];

/** Long before anything else in these lists, which are of everybody's and have no search. */
const firstOfAll = '2001-01-01';

/** What a page would send that shows nothing to be done at Codat. */
const nameOfNoSteps = createHash('sha256').update('[]').digest('base64url');
const settingsActions = 'app/(admin)/admin/settings/actions.ts';
const changePasswordAction = 'app/(customer)/account/actions.ts changePassword';
const signOutEverywhereAction = 'app/(customer)/account/actions.ts signOutEverywhere';
const signOutSessionAction = 'app/(customer)/account/actions.ts signOutSession';
/** Whoever sends these may be signed out by them. */
const endsOwnSessions = [signOutAction, signOutEverywhereAction];

const companyActions = 'app/(admin)/admin/companies/[companyId]/actions.ts';

const nameBusinessAction = 'app/(public)/actions.ts nameBusiness';

const people = new Map<Role, HttpPerson>();
const rows = new TenantRows();
const codat = new LocalCodat(codatUrl);
let victim: Victim;
let withoutProxy: OwnPortal;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const starting = startPortalWithoutProxy();
  starting.catch(() => {});
  await makePeople();
  withoutProxy = await starting;
});

test.afterAll(async () => {
  await withoutProxy?.stop();
  await rows.close();
});

// A read from Codat gives the connection its own name back.
test.beforeEach(() => rows.nameConnection(victim.connectionId, victim.platform));

async function makePeople(): Promise<void> {
  const [name, businessName, platform] = [plantedName(), plantedName(), plantedName()];
  const member = await signUpOverHttp({
    name,
    businessName,
    email: `${plantedName()}@example.com`,
  });
  const { email } = member.person;
  const company = await rows.companyOf(email);
  await expect(async () => codat.findCompany(businessName)).toPass();
  const atCodat = await codat.findCompany(businessName);
  const { id: connectionId } = await codat.addConnection(atCodat.id, 'gbol', 'Linked');

  const leaving = await member.http.act(startLinkAction, '/connect', {
    companyId: company.id,
    consent: 'yes',
  });
  const state = new URL(leaving.target ?? '').searchParams.get('state') ?? '';
  const back = await member.http.get(`/link/return?statusCode=403&state=${state}`);
  const linkSessionId = back.target?.split('/').at(-1) ?? '';
  await expect
    .poll(() => rows.query('select from connections where id = $1', [connectionId]))
    .toHaveLength(1);

  const [event] = await rows.query<{ id: string }>(
    `select id from webhook_events where company_id = $1 order by id limit 1`,
    [company.id],
  );

  await rows.query(
    `insert into audit_entries (actor_kind, actor_name, action, company_id, subject, detail)
     values ('command', 'access matrix', 'company.reread', $1, $2, '{}')`,
    [company.id, businessName],
  );

  await rows.query('update connections set status_changed_at = $2 where id = $1', [
    connectionId,
    firstOfAll,
  ]);
  await rows.query(
    `insert into connection_status_changes
       (company_id, connection_id, to_status, source, occurred_at, recorded_at)
     values ($1, $2, 'Linked', 'sweep', $3, $3)`,
    [company.id, connectionId, firstOfAll],
  );

  const marks = [name, businessName, platform, email, atCodat.id];
  victim = {
    companyId: company.id,
    codatCompanyId: atCodat.id,
    userId: company.userId,
    connectionId,
    linkSessionId,
    eventId: event?.id ?? '',
    email,
    businessName,
    sessionId: await rows.sessionOf(email),
    platform,
    marks,
  };
  people.set('member', member.http);
  people.set('signed out', new HttpPerson());
  people.set('stranger', (await signUpOverHttp()).http);
  const [removed, disabled] = [await signUpOverHttp(), await signUpOverHttp()];
  for (const { person } of [removed, disabled]) await rows.addMember(company.id, person.email);
  await rows.removeMember(removed.person.email);
  await rows.disable(disabled.person.email);
  people.set('removed', removed.http);
  people.set('disabled', disabled.http);
  for (const role of ['admin', 'support', 'auditor'] as const) {
    const { http, person } = await signUpOverHttp();
    await rows.makeStaff(person.email, role);
    people.set(role, http);
  }
}

/** Whether the rule lets this role see what is the victim's. */
function mayKnow(role: Role, rule: Rule): boolean {
  if (role === 'member') return rule.may !== 'staff';
  return rule.may === 'staff' && holds(role, rule.permission);
}

function holds(role: Role, permission: string): boolean {
  return (permissions as Record<string, readonly string[]>)[role]?.includes(permission) ?? false;
}

/** Marks of the victim in an answer, save for what the question itself named. */
function leaked(answer: Answer, asked: string): string[] {
  const ids = [victim.connectionId, victim.companyId, victim.linkSessionId];
  return [...victim.marks, ...ids].filter(
    (mark) => !asked.includes(mark) && answer.whole.includes(mark),
  );
}

function fill(route: string): string {
  const values: Record<string, string> = {
    connectionId: victim.connectionId,
    companyId: victim.companyId,
    linkSessionId: victim.linkSessionId,
    eventId: victim.eventId,
    platformKey: 'gbol',
    token: 'bm90LWEtdG9rZW4',
    '...nextauth': 'session',
  };
  return route.replace(/\[([^\]]+)\]/g, (_all, name: string) => {
    const value = values[name];
    if (!value) throw new Error(`the matrix has no value for [${name}]: give it the victim's`);
    return value;
  });
}

type Outcome = 'shown' | 'sign-in' | 'not-found' | 'elsewhere';

function outcomeOf({ status, target }: Answer): Outcome | number {
  if (status === 200) return 'shown';
  if (status === 404) return 'not-found';
  if (target?.startsWith('/sign-in?callbackUrl=')) return 'sign-in';
  return [303, 307, 308].includes(status) && target?.startsWith('/') ? 'elsewhere' : status;
}

/** What a page answers: the rules of the table, spelled out. */
function pageOutcome(role: Role, rule: Rule): (Outcome | number)[] {
  const signedOut = role === 'signed out' || role === 'disabled';
  switch (rule.may) {
    case 'anyone':
      return ['shown', 'elsewhere'];
    case 'person':
      return signedOut ? ['sign-in'] : ['shown'];
    case 'own company':
      if (signedOut) return ['sign-in'];
      if (staffRoles.includes(role)) return ['elsewhere'];
      return role === 'removed' ? ['not-found'] : ['shown'];
    case 'that company':
      if (signedOut) return ['sign-in'];
      return role === 'member' ? ['shown'] : ['not-found'];
    case 'staff':
      if (signedOut) return ['sign-in'];
      return holds(role, rule.permission) ? ['shown', 'elsewhere'] : ['not-found'];
    default:
      throw new Error('no page is signed');
  }
}

/** Next's own ways of asking for the data of a page, whole or in part. */
const askings: Record<string, (route: string, path: string) => Fields> = {
  'page data': () => ({}),
  prefetch: () => ({ 'next-router-prefetch': '1' }),
  'runtime prefetch': () => ({ 'next-router-prefetch': '2' }),
  'tree prefetch': () => ({
    'next-router-prefetch': '1',
    'next-router-segment-prefetch': '/_tree',
  }),
  // As if its layouts, and the checks in them, had been passed already.
  'the page without its layouts': (route, path) => ({
    'next-router-state-tree': encodeURIComponent(JSON.stringify(stateTree(route, path))),
  }),
};

const builtPages = Object.keys(
  JSON.parse(
    readFileSync(
      join(requireSetting('PORTAL_DIR'), '.next/server/app-paths-manifest.json'),
      'utf8',
    ),
  ) as object,
)
  .filter((key) => key.endsWith('/page') && !key.startsWith('/_'))
  .map((key) => ({ key, route: key.replace(/\/page$/, '').replace(/\/\([^)]*\)/g, '') || '/' }));

function stateTree(route: string, path: string): unknown {
  const { key } = builtPages.find((page) => page.route === route) ?? { key: '' };
  const values = path.split('/').slice(1);
  let at = 0;
  const segments = key
    .split('/')
    .slice(1, -1)
    .map((part) => {
      if (part.startsWith('(')) return part;
      const value = values[at++] ?? '';
      const name = part.match(/^\[(.*)\]$/)?.[1];
      return name ? [name, value, 'd', null] : part;
    });
  const page: unknown = ['__PAGE__', {}, null, 'refetch'];
  return [
    '',
    { children: segments.reduceRight((inner, part) => [part, { children: inner }], page) },
  ];
}

test('the build holds the pages and actions that have a rule, and no other', () => {
  expect(builtPages.map(({ route }) => route).sort()).toEqual(Object.keys(pageRules).sort());
  expect(listBuiltActions().sort()).toEqual(Object.keys(actionRules).sort());
});

for (const [name, portal] of [
  ['with proxy.ts', () => portalUrl],
  ['without proxy.ts', () => withoutProxy.url],
] as const) {
  test.describe(name, () => {
    test(`is ${name}`, async () => {
      const { headers } = await new HttpPerson(portal()).get('/sign-in');
      expect(headers.has('content-security-policy')).toBe(name === 'with proxy.ts');
    });

    for (const [route, rule] of Object.entries(pageRules)) {
      test(`${route} answers to ${describeRule(rule)}`, async () => {
        const path = fill(route);
        const tryAs = async (role: Role, http: HttpPerson) => {
          const page = await http.get(path);
          const about = `${role} at ${path}`;
          expect(pageOutcome(role, rule), `${about}: ${page.status}`).toContain(outcomeOf(page));
          if (outcomeOf(page) === 'sign-in') {
            expect(page.target).toBe(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
          }
          if (!mayKnow(role, rule)) expect(leaked(page, path), about).toEqual([]);
          for (const [asking, headers] of Object.entries(askings)) {
            const data = await http.getData(path, headers(route, path));
            const how = `${about} as ${asking}: ${data.status}`;
            expect(data.status, how).toBeLessThan(500);
            if (!mayKnow(role, rule)) expect(leaked(data, path), how).toEqual([]);
          }
        };
        await Promise.all([...people].map(([role, http]) => tryAs(role, http.at(portal()))));
      });
    }

    test('the marks are in what those may see who may', async () => {
      const searches: Record<string, string> = {
        '/admin/companies': `?q=${victim.email}`,
        '/admin/connections': '?status=Linked',
        '/admin/changes': `?from=${firstOfAll}&to=${firstOfAll}`,
        '/admin/audit': `?company=${victim.companyId}`,
        '/admin/webhooks': `?company=${victim.companyId}`,
      };
      for (const [route, rule] of Object.entries(pageRules)) {
        const [role] = [...people.keys()].filter((one) => mayKnow(one, rule));
        if (rule.may === 'anyone' || !role || aboutNobody.includes(route)) continue;
        const path = fill(route) + (searches[route] ?? '');
        const http = people.get(role)?.at(portal());
        for (const answer of [
          await http?.get(path),
          await http?.getData(path, {}),
          await http?.getData(path, askings['the page without its layouts']?.(route, path) ?? {}),
        ]) {
          const found = answer ? victim.marks.filter((mark) => answer.whole.includes(mark)) : [];
          expect(found.length, `${role} at ${path}`).toBeGreaterThan(0);
        }
      }
    });

    for (const [door, rule] of Object.entries(handlerRules)) {
      test(`${door} answers to ${describeRule(rule)}`, async () => {
        const [method = '', route = ''] = door.split(' ');
        const tryAs = async (role: Role, http: HttpPerson) => {
          for (const query of ['', `?companyId=${victim.companyId}`]) {
            const path = fill(route) + query;
            const answer = await ask(http, method, path);
            const about = `${role} at ${method} ${path}: ${answer.status}`;
            expect(answer.status, about).toBeLessThan(500);
            expect(handlerAllows(role, rule, answer), about).toBe(true);
            if (!mayKnow(role, rule)) expect(leaked(answer, path), about).toEqual([]);
          }
        };
        await Promise.all([...people].map(([role, http]) => tryAs(role, http.at(portal()))));
      });
    }

    for (const [action, rule] of Object.entries(actionRules)) {
      test(`${action} does nothing for who may not`, async () => {
        const before = await rows.snapshot(victim.companyId);
        const senders = endsOwnSessions.includes(action) ? await somebodyElse() : people;
        const tryAs = async (role: Role, person: HttpPerson) => {
          for (const fields of forgeries(action)) {
            const [sent, http] = [JSON.stringify(fields), person.at(portal())];
            const own = await http.act(action, '/connections', fields);
            const elsewhere = await http.act(action, '/sign-in', fields);
            const plain = await http.submit(action, '/sign-in', fields);
            for (const answer of [own, elsewhere, plain]) {
              const about = `${role} sends ${sent}: ${answer.status}`;
              expect(answer.status, about).toBeLessThan(500);
              expect(answer.target ?? '/', about).toMatch(/^\/(?![\\/])/);
              if (role !== 'member') expect(leaked(answer, sent), about).toEqual([]);
            }
            expect(http.cookie('portal-company'), role).toBeUndefined();
          }
        };
        const others = [...senders].filter(([role]) => !mayKnow(role, rule));
        await Promise.all(others.map(([role, http]) => tryAs(role, http)));
        expect(await rows.snapshot(victim.companyId)).toEqual(before);
      });
    }
  });
}

test('a live stream tells of changes to those alone who may see them', async () => {
  const { codatCompanyId, companyId } = victim;
  const streams = new Map<Role, Promise<string>>();
  for (const role of ['member', 'stranger', 'removed', 'support'] as const) {
    const http = people.get(role) ?? new HttpPerson();
    streams.set(role, http.readStream('/api/live', 5_000));
  }
  await codat.addConnection(codatCompanyId, 'exgd', 'Linked');
  const heard = new Map<Role, string>();
  for (const [role, stream] of streams) heard.set(role, await stream);
  for (const role of ['member', 'support'] as const) expect(heard.get(role)).toContain(companyId);
  for (const role of ['stranger', 'removed'] as const) {
    expect(heard.get(role), role).toContain(': open');
    expect(heard.get(role), role).not.toContain(companyId);
    expect(heard.get(role), role).not.toContain('event: change');
  }
});

test('the same forms do their work for the member', async () => {
  const member = people.get('member') ?? new HttpPerson();
  const { companyId, connectionId } = victim;
  await member.act(selectCompanyAction, '/connections', { companyId });
  expect(member.cookie('portal-company')).toBe(companyId);
  const leaving = await member.act(startLinkAction, '/connect', { companyId, connectionId });
  expect(leaving.target).toContain(codatUrl);
  await member.act(disconnectAction, '/connections', { connectionId });
  const [row] = await rows.query('select status from connections where id = $1', [connectionId]);
  expect(row).toEqual({ status: 'Unlinked' });
});

function describeRule(rule: Rule): string {
  return rule.may === 'staff' ? `staff with ${rule.permission}` : rule.may;
}

/** Signed up for this alone: the sessions of the others are wanted later. */
async function somebodyElse(): Promise<Map<Role, HttpPerson>> {
  return new Map([['stranger', (await signUpOverHttp()).http]]);
}

async function ask(http: HttpPerson, method: string, path: string): Promise<Answer> {
  if (path.startsWith('/api/live')) return http.begin(path);
  return http.send(path, { method, ...(method === 'POST' && { body: '{}' }) });
}

function handlerAllows(role: Role, rule: Rule, { status, target }: Answer): boolean {
  const signedOut = role === 'signed out' || role === 'disabled';
  switch (rule.may) {
    case 'anyone':
      return status < 500;
    case 'signed':
      return status === 401;
    case 'token':
      return status === 401 || status === 404;
    case 'person':
      if (signedOut) return status === 401 || (target?.startsWith('/sign-in?') ?? false);
      return status < 400;
    case 'own company':
      if (signedOut) return status === 401;
      return status === (role === 'member' || role === 'stranger' ? 200 : 404);
    default:
      return mayKnow(role, rule) ? status === 200 : status === 404 || status === 401;
  }
}

/** Forms about the victim, and odd ones, for each action. A new action needs its own here. */
function forgeries(action: string): Fields[] {
  const { companyId, connectionId, email, sessionId, userId } = victim;
  const consent = 'yes';
  const aimed: Record<string, Fields[]> = {
    [startLinkAction]: [
      { companyId, consent },
      { companyId, connectionId, consent },
      { companyId: randomUUID(), connectionId, consent },
    ],
    [disconnectAction]: [{ connectionId }, { connectionId, companyId }],
    'app/(customer)/actions.ts getPasscode': [{ connectionId }],
    [selectCompanyAction]: [{ companyId }],
    [signOutAction]: [{ email, companyId }],
    [signOutEverywhereAction]: [{ sessionId, userId, email }],
    [signOutSessionAction]: [{ sessionId }],
    [changePasswordAction]: [
      { currentPassword: 'not their password', newPassword: 'nor will this be', email, userId },
    ],
    [signInAction]: [{ email, password: 'not their password' }],
    [signUpAction]: [
      { name: 'Somebody', businessName: 'Else', email, password: 'not their password', companyId },
    ],
    [`${companyActions} reread`]: [{ companyId }],
    [`${companyActions} retry`]: [{ companyId }],
    [`${companyActions} ignore`]: [{ companyId }],
    [`${companyActions} takeBack`]: [{ companyId }],
    [`${companyActions} assign`]: [{ companyId, email }],
    [`${companyActions} removeCompany`]: [{ companyId, typed: victim.businessName }],
    'app/(admin)/admin/companies/new/actions.ts create': [{ companyId, name: 'Planted' }],
    [copyLinkAction]: [{ companyId }, { companyId, connectionId }],
    [`${companyActions} rename`]: [{ companyId, name: 'Renamed' }],
    [`${companyActions} tag`]: [{ companyId, shown: '{}', key0: 'planted', value0: 'tag' }],
    [`${companyActions} disconnect`]: [{ companyId, connectionId }],
    [`${companyActions} remove`]: [{ companyId, connectionId, understood: 'yes' }],
    [`${settingsActions} checkAgain`]: [{ companyId }],
    [`${settingsActions} saveInviteUrl`]: [{ inviteUrl: `${codatUrl}/invite` }, { inviteUrl: '' }],
    [`${settingsActions} setUpCodat`]: [{ plan: nameOfNoSteps }, { plan: 'another' }],
    [reprocessAction]: [
      { event: victim.eventId },
      { all: 'dead', type: '', company: companyId, webhook: '', from: '', to: '' },
    ],
    'app/(admin)/admin/webhooks/actions.ts settle': [
      { event: victim.eventId, reason: 'planted' },
      { all: 'dead', company: companyId, reason: 'planted' },
    ],
    [nameBusinessAction]: [{ businessName: 'Else', companyId, email, userId }],
    [acceptInviteAction]: [
      { token: 'bm90LWEtdG9rZW4', email, name: 'Somebody', password: 'not their password' },
    ],
  };
  const forms = aimed[action];
  if (!forms) throw new Error(`the matrix has no forms for ${action}: give it the victim's ids`);
  return [...forms, {}];
}
