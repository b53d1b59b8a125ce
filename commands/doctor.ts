import { connect } from '@/db/client';
import { inspectOwnEnv } from '@/env';
import { createContext } from '@/lib/operations/checks/context';
import { runChecks } from '@/lib/operations/checks/run-checks';
import { logger } from '@/lib/runtime/logger';
import { applyOutgoingProxy } from '@/lib/runtime/outgoing-proxy';
import { findingsJson, hasFailed, printFindings } from './printing/findings';
import { print } from './printing/style';

// What a check could not find out is in its finding; log lines would spoil --json.
logger.level = 'silent';
applyOutgoingProxy();

const environment = inspectOwnEnv();
const { DATABASE_URL } = environment.values;
const db = DATABASE_URL ? connect(DATABASE_URL, { max: 2, queryTimeoutMs: 5000 }) : null;
const findings = await runChecks(createContext(environment, db));
const { isTTY, columns } = process.stdout;
const plain = !isTTY || process.env.NO_COLOR !== undefined;
await print(
  process.argv.includes('--json')
    ? findingsJson(findings)
    : printFindings(findings, { width: columns ?? 100, plain }),
);
// Not waiting for the pool: a database that hangs would keep the process.
process.exit(hasFailed(findings) ? 1 : 0);
