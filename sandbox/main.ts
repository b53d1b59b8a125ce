import { readConfig } from '@/sandbox/config';
import { type Sandbox, startSandbox } from '@/sandbox/start-sandbox';

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `port ${error.port} is taken; set SANDBOX_PORT to another one (the port above it is used as well)`;
  }
  return error.message;
}

function stopOn(sandbox: Sandbox): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void sandbox.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.env.SANDBOX_STOP_WITH_STDIN === '1') {
    process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
  }
}

async function main(): Promise<void> {
  try {
    const sandbox = await startSandbox(readConfig(process.env));
    stopOn(sandbox);
    console.log(`sandbox ready on ${sandbox.url}`);
  } catch (error) {
    console.error(`sandbox: ${explain(error)}`);
    process.exit(1);
  }
}

void main();
