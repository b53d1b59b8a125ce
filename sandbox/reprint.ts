import { makeHostile } from '@/sandbox/hostile';
import type { Settings } from '@/sandbox/settings';
import type { World } from '@/sandbox/world';

type Json = Record<string, unknown>;

const DATES = [
  'created',
  'lastSync',
  'generatedDate',
  'erroredOnUtc',
  'resolvedOnUtc',
  'modifiedFromDate',
  'expiryDate',
];

/** What published examples or real answers leave out of each kind of object. */
const LEFT_OUT = {
  company: [
    ...['description', 'tags', 'platform', 'products', 'createdByUserName', 'ownerUserIds'],
    ...['referenceSubsidiaryCompanies'],
  ],
  connection: ['integrationKey', 'sourceType'],
  reference: ['description', 'tags', 'links'],
} as const;

type Kind = keyof typeof LEFT_OUT;

function kindOf(value: Json): Kind | null {
  if ('linkUrl' in value) return 'connection';
  if ('redirect' in value) return 'company';
  return 'links' in value && 'name' in value ? 'reference' : null;
}

function printDate(iso: string, form: Settings['dates']): string {
  const [seconds = '', fraction = ''] = iso.replace(/Z$/, '').split('.');
  if (form === 'noZone') return `${seconds}${fraction && `.${fraction}`}`;
  if (form === 'offset') return `${seconds}${fraction && `.${fraction}`}+00:00`;
  return `${seconds}.${fraction.padEnd(7, '0')}Z`;
}

function withoutOptional(value: Json, kind: Kind | null): Json {
  if (!kind) return value;
  const left: readonly string[] = LEFT_OUT[kind];
  return Object.fromEntries(Object.entries(value).filter(([name]) => !left.includes(name)));
}

function reshapeObject(settings: Settings, source: Json): Json {
  const kind = kindOf(source);
  const { optionalFields, neverSynced, dates } = settings;
  const value = optionalFields === 'absent' ? withoutOptional(source, kind) : source;
  const shown: Json = {
    ...(kind === 'company' && optionalFields === 'empty' && { description: '' }),
    ...(kind &&
      kind !== 'reference' &&
      neverSynced === 'year1' && { lastSync: '0001-01-01T00:00:00' }),
    ...value,
  };
  return Object.fromEntries(
    Object.entries(shown).map(([name, item]) => {
      const isDate = dates !== 'published' && DATES.includes(name) && typeof item === 'string';
      return [name, isDate ? printDate(item, dates) : reshapeAny(settings, item)];
    }),
  );
}

function reshapeAny(settings: Settings, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => reshapeAny(settings, item));
  return typeof value === 'object' && value !== null
    ? reshapeObject(settings, value as Json)
    : value;
}

/** Whether answers and webhooks go out in another form than the usual one. */
export function isReprinting(world: World): boolean {
  const { dates, neverSynced, optionalFields, hostile } = world.settings.current();
  return hostile || dates !== 'published' || neverSynced !== 'absent' || optionalFields !== 'usual';
}

/**
 * What goes out, answers and webhooks, in another form that nothing published excludes: other dates,
 * optional fields left out or empty, year 1 for *never*; and, if hostile, nulls and unknown values.
 */
export function reprint(world: World, value: unknown): unknown {
  if (!isReprinting(world)) return value;
  const settings = world.settings.current();
  const reshaped = reshapeAny(settings, value);
  return settings.hostile ? makeHostile(world, reshaped) : reshaped;
}
