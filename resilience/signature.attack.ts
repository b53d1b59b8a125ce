import { createHmac } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { isAuthentic } from '@/lib/webhooks/inbox/verify';
import { attack } from './stack/attack';
import { rounds } from './stack/settings';

const runs = rounds({ short: 2000, long: 10_000 });
const nowSeconds = 1_760_000_000;
const key = Buffer.alloc(32, 5);
const secret = `whsec_${key.toString('base64')}`;

type Sent = { id: string; timestamp: string; signature: string; body: Buffer };

beforeAll(() => void vi.useFakeTimers({ now: nowSeconds * 1000, toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

/** A generator of numbers that is the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const next = random(20_261_122);
const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;

function hmac(withKey: Buffer, id: string, timestamp: string, body: Buffer): string {
  return createHmac('sha256', withKey).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

const ids = [
  'msg_1',
  'a',
  'x'.repeat(255),
  'x'.repeat(256),
  'msg 1',
  'mé',
  'msg.1',
  '~!*',
  ' msg_1',
];
const bodies = [
  '{}',
  '{"a":"é😀"}',
  '{"a": 1}\n',
  '[]',
  'null',
  '',
  'no json',
  '{',
  '\ufeff{}',
  Buffer.from([0x7b, 0xff, 0x7d]),
  Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
].map((body) => Buffer.from(body as string));
const offsets = [0, 1, -1, 299, 300, 301, -299, -300, -301, 86_400, -86_400];

const timestampForms: ((text: string) => string)[] = [
  (text) => `${text}.0`,
  (text) => `0${text}`,
  (text) => `+${text}`,
  (text) => ` ${text}`,
  (text) => `${text} `,
  (text) => `${text}abc`,
  (text) => `${text}000`,
  (text) => `-${text}`,
  (text) => `0x${Number(text).toString(16)}`,
  (text) => Number(text).toExponential(),
  () => '',
  () => 'NaN',
];

const signatureForms: ((right: string, wrong: string) => string)[] = [
  (right) => right.replace(/=+$/, ''),
  (right) => right.replaceAll('+', '-').replaceAll('/', '_'),
  (right) => `v0,AAAA ${right}`,
  (right, wrong) => `${wrong} ${right}`,
  (right, wrong) => `${right} ${wrong}`,
  (right) => `${right},more`,
  (right) => right.replace('v1,', 'v1a,'),
  (right) => right.replace('v1,', 'V1,'),
  (right) => right.replace('v1,', ''),
  (right) => right.replace('v1,', 'v1,,'),
  (right) => `  ${right}  `,
  (right) => `${right}=`,
  (right) => `${right}AAAA`,
  (right) => right.slice(0, -4),
  (right) => right.toLowerCase(),
  (right) => right.replace(/.(?=.{10}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
  (_right, wrong) => wrong,
  () => '',
  () => 'v1,',
  () => 'v1',
];

/** A delivery that is right, or wrong in up to three ways, signed before or after it was spoilt. */
function makeDelivery(): Sent {
  const id = next() < 0.7 ? 'msg_1' : pick(ids);
  const body = pick(bodies);
  const plain = String(nowSeconds + (next() < 0.6 ? 0 : pick(offsets)));
  const timestamp = next() < 0.75 ? plain : pick(timestampForms)(plain);
  const signedTime = next() < 0.5 ? plain : timestamp;
  const signedBody = next() < 0.9 ? body : pick(bodies);
  const right = `v1,${hmac(key, id, signedTime, signedBody)}`;
  const wrong = `v1,${hmac(Buffer.alloc(32, 6), id, signedTime, signedBody)}`;
  const signature = next() < 0.6 ? right : pick(signatureForms)(right, wrong);
  return { id, timestamp, signature, body };
}

const ours = ({ id, timestamp, signature, body }: Sent) =>
  isAuthentic({ id, timestamp, signature, body }, [key], nowSeconds);

function theirs(Library: typeof StandardWebhook | typeof SvixWebhook) {
  return ({ id, timestamp, signature, body }: Sent) => {
    try {
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature,
      };
      new Library(secret).verify(body.toString('utf8'), headers);
      return true;
    } catch {
      return false;
    }
  };
}

/** Why we want to answer differently; null when there is no reason. */
function reasonFor(sent: Sent, weAccept: boolean): string | null {
  if (!weAccept) {
    if (!/^[0-9]{1,12}$/.test(sent.timestamp)) return 'we refuse a time that is not plain digits';
    if (!/^[\x21-\x7e]{1,255}$/.test(sent.id)) return 'we refuse an id that is not printable ASCII';
    if (sent.timestamp.startsWith('0')) return 'we sign the time as it was sent';
    const [, ...rest] = sent.signature.split('v1,');
    if (rest.some((entry) => entry.includes(',')))
      return 'we refuse a signature with more behind it';
    return null;
  }
  // The bytes are what was signed; whether they are an event is not the signature's to say.
  if (!Buffer.from(sent.body.toString('utf8')).equals(sent.body)) return 'we sign bytes, not text';
  if (!isJson(sent.body)) return 'we leave JSON to the parser (400, not 401)';
  const right = hmac(key, sent.id, sent.timestamp, sent.body);
  if (!sent.signature.split(' ').includes(`v1,${right}`))
    return 'we compare bytes, not their base64';
  if (sent.timestamp.startsWith('0')) return 'we sign the time as it was sent';
  return null;
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

attack(
  'Signatures right and wrong in many ways, checked by us, `svix` and `standardwebhooks`',
  {
    promise: 'Every acknowledged webhook counts, once',
    holds: 'every difference is one we want',
    rounds: runs,
    timeoutMs: 60_000,
  },
  async (note) => {
    const counts = new Map<string, number>();
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    for (let run = 0; run < runs; run += 1) {
      const sent = makeDelivery();
      const weAccept = ours(sent);
      count(weAccept ? 'accepted' : 'refused');
      for (const [name, Library] of [
        ['standardwebhooks', StandardWebhook],
        ['svix', SvixWebhook],
      ] as const) {
        if (theirs(Library)(sent) === weAccept) continue;
        const reason = reasonFor(sent, weAccept);
        expect(
          reason,
          JSON.stringify({ ...sent, body: sent.body.toString('latin1') }),
        ).not.toBeNull();
        count(`${name}: ${reason}`);
      }
    }
    for (const [what, times] of [...counts].sort()) note(what, times);
    expect(counts.get('accepted')).toBeGreaterThan(runs / 10);
    expect(counts.get('refused')).toBeGreaterThan(runs / 10);
  },
);
