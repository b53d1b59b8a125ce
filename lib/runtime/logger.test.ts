import { expect, it } from 'vitest';
import { createLogger, describeError, noteInLog, withLogContext } from './logger';
import { getMetrics } from './process-metrics';

function recorder() {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => lines.push(line) });
  return { logger, lines, parsed: () => lines.map((line) => JSON.parse(line)) };
}

it('describes an error and its causes without one-time passwords and SQL parameters', () => {
  const cause = new Error(
    'Failed query: insert into users\nparams: eve@example.com,$argon2id$v=19$hash',
  );
  const error = new Error('GET https://link.codat.io/company/1?link.otp=SECRET failed', { cause });
  const text = JSON.stringify(describeError(error));
  expect(text).toContain('https://link.codat.io/company/1?[cut]');
  expect(text).toContain('insert into users');
  expect(text).not.toMatch(/SECRET|argon2id|eve@/);
});

it('says on each line for whom and what it was written', async () => {
  const { logger, parsed } = recorder();
  await withLogContext({ requestId: 'r1' }, async () => {
    logger.info('before');
    await new Promise((resolve) => setTimeout(resolve, 1));
    noteInLog({ actorId: 'a1' });
    logger.info({ companyId: 'c1' }, 'known');
    withLogContext({ job: 'sweep' }, () => logger.info('inside'));
  });
  logger.info('after');
  expect(parsed()).toMatchObject([
    { requestId: 'r1', msg: 'before' },
    { requestId: 'r1', actorId: 'a1', companyId: 'c1', msg: 'known' },
    { requestId: 'r1', actorId: 'a1', job: 'sweep', msg: 'inside' },
    { msg: 'after' },
  ]);
  expect(parsed()[0]).not.toHaveProperty('actorId');
  expect(parsed()[3]).not.toHaveProperty('requestId');
});

it('removes values under names of secrets, at any depth', () => {
  const { logger, lines } = recorder();
  logger.warn({ password: 'CANARY', request: { cookie: 'CANARY', authorization: 'CANARY' } }, 'a');
  logger.warn({ token: 'CANARY', link: { redirect: 'CANARY', linkUrl: 'CANARY' } }, 'b');
  const cause = new Error('https://link.codat.io/company/1?otp=CANARY');
  logger.error({ err: new Error('failed', { cause }) }, 'c');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain('CANARY');
});

it('counts lines of level warn and above', async () => {
  const { logLines } = getMetrics();
  logLines.reset();
  const { logger } = recorder();
  logger.info('fine');
  logger.warn('odd');
  logger.error('wrong');
  logger.error('wrong again');
  const { values } = await logLines.get();
  expect(values.map(({ labels, value }) => [labels.level, value])).toEqual([
    ['warn', 1],
    ['error', 2],
  ]);
});
