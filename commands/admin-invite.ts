import { parseArgs } from 'node:util';
import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import { operatorRoleNames } from '@/lib/actor';
import { emailSchema } from '@/lib/auth/schemas';
import { createStaffInvite } from '@/lib/auth/staff/staff-invites';
import { z } from '@/lib/zod';

const usage = `Who should be invited? Use: npm run admin:invite -- name@example.com [--role ${operatorRoleNames.join('|')}]`;

const article = { admin: 'an admin', support: 'support', auditor: 'an auditor' };

async function invite(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { role: { type: 'string', default: 'admin' } },
    allowPositionals: true,
  });
  const email = emailSchema.safeParse(positionals[0]);
  const role = z.enum(operatorRoleNames).safeParse(values.role);
  if (!email.success || !role.success) throw new Error(usage);
  const by = { kind: 'command', name: 'admin:invite' } as const;
  const token = await createStaffInvite(by, email.data, role.data);
  const made = article[role.data];
  console.log(
    `Give this link to ${email.data}. It works once, for 7 days, and makes them ${made}:`,
  );
  console.log(`${getEnv().APP_URL}/accept-invite/${token}`);
}

try {
  await invite();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
await getDb().$client.end();
