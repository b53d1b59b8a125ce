import { parseArgs } from 'node:util';
import { getDb } from '@/db/client';
import { eraseCompany } from '@/lib/companies/erase-company';
import { AppError } from '@/lib/errors';
import { isUuid } from '@/lib/storable-text';
import { messageText } from './printing/message-text';

const usage = 'Which company? Use: npm run erase -- COMPANY_ID --yes. This can’t be undone.';

async function erase(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { yes: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [companyId] = positionals;
  if (!companyId || !isUuid(companyId) || !values.yes) throw new Error(usage);
  const erased = await eraseCompany({ kind: 'command', name: 'erase' }, companyId);
  console.log(
    `Erased ${companyId}: people ${erased.people}, consents ${erased.consents}, webhook events ${erased.events}. Keep the ID: after restoring a backup you have to erase it again.`,
  );
}

try {
  await erase();
} catch (error) {
  const known = error instanceof AppError ? messageText(error.ref.messageKey) : null;
  console.error(known ?? (error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}
await getDb().$client.end();
