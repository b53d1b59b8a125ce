import { parseArgs } from 'node:util';
import { takeSettings } from '@/env';
import { eraseCompany } from '@/lib/companies/erase-company';
import { isUuid } from '@/lib/storable-text';
import { runCommand } from './printing/run-command';

const usage = 'Which company? Use: npm run erase -- COMPANY_ID --yes. This can’t be undone.';

const kept = { keep: 'kept without names', erase: 'erased' };

async function erase(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { yes: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [companyId] = positionals;
  if (!companyId || !isUuid(companyId) || !values.yes) throw new Error(usage);
  takeSettings('DATABASE_URL', 'ERASED_EVIDENCE');
  const erased = await eraseCompany({ kind: 'command', name: 'erase' }, companyId);
  console.log(
    `Erased ${companyId}: people ${erased.people}, webhook events ${erased.events}. Consent receipts ${kept[erased.evidence]}: ${erased.consents}. Keep the ID: after restoring a backup you have to erase it again.`,
  );
}

await runCommand(erase);
