import { hash } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { users } from '@/db/schema/people';
import { noContext } from '@/testing/make-customer';
import { changePassword } from './change-password';
import { loadActor } from './load-actor';
import { hashPassword, verifyPassword } from './password';
import { signIn } from './sign-in';

const [composed, decomposed] = (['NFC', 'NFD'] as const).map((form) =>
  'Straßen-Grün1'.normalize(form),
) as [string, string];

it.each([
  [composed, composed],
  [composed, decomposed],
  [decomposed, composed],
  [decomposed, decomposed],
])('knows the password %# in whichever form it is typed', async (made, typed) => {
  const stored = await hashPassword(made);
  expect(await verifyPassword(stored, typed)).toBe(true);
  expect(await verifyPassword(stored, typed.replace('ü', 'u').replace('u\u0308', 'u'))).toBe(false);
  expect(await verifyPassword(null, typed)).toBe(false);
});

it('still takes a hash that was made of what was typed, in a form of its own', async () => {
  const before = await hash(decomposed);
  expect(await verifyPassword(before, decomposed)).toBe(true);
});

it('leaves alone what NFC does not change, and does not take what only looks alike', async () => {
  const stored = await hashPassword('ﬁne-password-Å');
  expect(await verifyPassword(stored, 'ﬁne-password-Å')).toBe(true);
  expect(await verifyPassword(stored, 'fine-password-Å')).toBe(false);
});

it('is changed and used in either form', async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  const passwordHash = await hashPassword(decomposed);
  await getDb().insert(users).values({ email, name: 'N', passwordHash });
  const { sessionId } = await signIn({ email, password: composed }, noContext);
  const actor = await loadActor(getDb(), sessionId);
  if (!actor) throw new Error('no actor');
  const newPassword = 'Größere-Bäckerei-2';
  await changePassword(
    actor,
    { currentPassword: composed, newPassword: newPassword.normalize('NFD') },
    noContext,
  );
  for (const form of ['NFC', 'NFD']) {
    const password = newPassword.normalize(form);
    await expect(signIn({ email, password }, noContext)).resolves.toMatchObject({});
  }
  const [row] = await getDb().select().from(users).where(eq(users.email, email));
  expect(row?.passwordHash).not.toBe(passwordHash);
});
