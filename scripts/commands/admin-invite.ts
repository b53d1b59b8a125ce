import { getDb } from '@/db/client';
import { emailSchema } from '@/lib/auth/schemas';
import { createStaffInvite } from '@/lib/auth/staff-invites';
import { getEnv } from '@/lib/env';

const email = emailSchema.safeParse(process.argv[2]);
if (email.success) {
  const token = await createStaffInvite(email.data, 'admin');
  console.log(
    `Give this link to ${email.data}. It works once, for 7 days, and makes them an admin:`,
  );
  console.log(`${getEnv().APP_URL}/accept-invite/${token}`);
} else {
  console.error('Say whom to invite: npm run admin:invite -- name@example.com');
  process.exitCode = 1;
}
await getDb().$client.end();
