import { parseArgs } from 'node:util';
import { takeSettings } from '@/env';
import { operatorRoleNames } from '@/lib/actor';
import { emailSchema } from '@/lib/auth/schemas';
import { createStaffInvite } from '@/lib/auth/staff/staff-invites';
import { z } from '@/lib/zod';
import { runCommand } from './printing/run-command';

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
  const { APP_URL } = takeSettings('DATABASE_URL', 'APP_URL');
  const by = { kind: 'command', name: 'admin:invite' } as const;
  const token = await createStaffInvite(by, email.data, role.data);
  const made = article[role.data];
  console.log(
    `Give this link to ${email.data}. It works once, for 7 days, and makes them ${made}:`,
  );
  console.log(`${APP_URL}/accept-invite/${token}`);
}

await runCommand(invite);
