import { createInterface } from 'node:readline/promises';
import { connect, type Db } from '@/db/client';
import { isMigrated } from '@/db/migration-state';
import { inspectOwnEnv, takeSettings } from '@/env';
import { CodatError } from '@/lib/codat/errors';
import { AppError } from '@/lib/errors';
import type { SetupStep } from '@/lib/operations/codat-setup/kept-plan';
import { describeStep } from '@/lib/operations/codat-setup/plan-setup';
import { runSetup } from '@/lib/operations/codat-setup/run-setup';
import { readPlan } from '@/lib/operations/codat-setup/set-up-codat';
import { logger } from '@/lib/runtime/logger';
import { applyOutgoingProxy } from '@/lib/runtime/outgoing-proxy';
import { messageText } from './printing/message-text';
import { problemOf } from './printing/run-command';
import { print } from './printing/style';

logger.level = 'silent';
applyOutgoingProxy();
process.exit(await main().catch(explain));

async function main(): Promise<number> {
  const settings = takeSettings('APP_URL', 'CODAT_API_URL', 'CODAT_API_KEY');
  const db = await usableDatabase(inspectOwnEnv().values.DATABASE_URL);
  const asker = { priority: 'person', db } as const;
  const access = { apiUrl: settings.CODAT_API_URL, apiKey: settings.CODAT_API_KEY, asker };
  const target = { access, appUrl: settings.APP_URL };
  const agreed = await readPlan(target);
  if (agreed.length === 0) {
    await print(messageText('settings.setup.nothing'));
    return 0;
  }
  await print(messageText('settings.setup.plan', { url: access.apiUrl }));
  for (const step of agreed) await print(`  - ${sentence(step)}`);
  if (!(await isAgreed())) return 1;
  await runSetup({
    target,
    agreed,
    db,
    actor: { kind: 'command', name: 'codat:setup' },
    onDone: (step) => void print(`  ✓ ${sentence(step)}`),
  });
  await print(messageText('settings.setup.done'));
  if (agreed.some(({ kind }) => kind === 'create-consumer')) {
    await print(`\n${messageText('settings.setup.newSecret')}`);
  }
  return 0;
}

function sentence(step: SetupStep): string {
  const { messageKey, params } = describeStep(step);
  return messageText(messageKey, params);
}

async function isAgreed(): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) {
    await print(messageText('settings.setup.sayYes'));
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${messageText('settings.setup.question')} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Codat can be set up before there is a database; then nothing is audited. */
async function usableDatabase(url: string | undefined): Promise<Db | null> {
  if (!url) return null;
  const db = connect(url, { max: 1, queryTimeoutMs: 5000 });
  return (await isMigrated(db).catch(() => false)) ? db : null;
}

async function explain(error: unknown): Promise<number> {
  if (error instanceof AppError) {
    await print(messageText(error.ref.messageKey, error.ref.params));
  } else if (error instanceof CodatError) {
    await print(messageText('settings.setup.codatFailed', { problem: error.message }));
  } else {
    console.error(problemOf(error));
  }
  return 1;
}
