/** Sum of a run: how many checks and tests passed, failed and were skipped. */
export class Totals {
  passed = 0;
  failed = 0;
  skipped = 0;

  add({ passed = 0, failed = 0, skipped = 0 }) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  /** The end of `npm test`. Its last line is read by machines and has one form. */
  toString() {
    const skipped = this.skipped > 0 ? `${this.skipped} skipped\n` : '';
    return `${skipped}${this.passed} passed, ${this.failed} failed`;
  }
}

/**
 * Counts of Vitest's JSON report. A file that did not even load has no tests in it and counts as one
 * failed; so does a run that failed with no failed test, or left no report at all (null).
 */
export function countVitest(report, exitCode) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    const tests = file.assertionResults ?? [];
    for (const { status } of tests) {
      if (status === 'passed') count.passed += 1;
      else if (status === 'failed') count.failed += 1;
      else count.skipped += 1;
    }
    const hasFailed = tests.some(({ status }) => status === 'failed');
    if (file.status === 'failed' && !hasFailed) count.failed += 1;
  }
  return withExitCode(count, exitCode);
}

/** Counts of Playwright's JSON report, by the same rules. A flaky test is a failed one. */
export function countPlaywright(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  return withExitCode({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

function withExitCode(count, exitCode) {
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}
