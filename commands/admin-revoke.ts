import { parseArgs } from 'node:util';
import { takeSettings } from '@/env';
import { emailSchema } from '@/lib/auth/schemas';
import { revokeStaff } from '@/lib/auth/staff/revoke-staff';
import { runCommand } from './printing/run-command';

const usage = 'Whose access should end? Use: npm run admin:revoke -- name@example.com [--force]';

async function revoke(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { force: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const email = emailSchema.safeParse(positionals[0]);
  if (!email.success) throw new Error(usage);
  const { ADMIN_EMAILS } = takeSettings('DATABASE_URL', 'ADMIN_EMAILS');
  const by = { kind: 'command', name: 'admin:revoke' } as const;
  const { role, invites } = await revokeStaff(by, email.data, values);
  const what = role ? `is no longer ${role}, and was signed out everywhere` : 'wasn’t on the staff';
  console.log(`${email.data} ${what}. Open invitations cancelled: ${invites}.`);
  if (ADMIN_EMAILS.includes(email.data)) {
    console.log(
      'ADMIN_EMAILS still lists this address. Remove it there too, or their next sign-in through the identity provider makes them an admin again.',
    );
  }
}

await runCommand(revoke);
