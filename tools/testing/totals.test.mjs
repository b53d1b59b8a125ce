import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, Totals } from './totals.mjs';

const file = (status, ...tests) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('the end of a run', () => {
  it('has one form of last line, and says before it how many were skipped', () => {
    const totals = new Totals();
    totals.add({ passed: 2 });
    expect(String(totals)).toBe('2 passed, 0 failed');
    totals.add({ failed: 1, skipped: 3 });
    expect(String(totals)).toBe('3 skipped\n2 passed, 1 failed');
  });
});

describe('counting Vitest', () => {
  it('adds up tests by their outcome', () => {
    const report = { testResults: [file('passed', 'passed', 'pending'), file('failed', 'failed')] };
    expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  it('counts a file that did not load as one failed', () => {
    const report = { testResults: [file('failed'), file('passed', 'passed')] };
    expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('believes the exit code where the report shows no failure', () => {
    expect(countVitest({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
    expect(countVitest(null, 1).failed).toBe(1);
  });
});

describe('counting Playwright', () => {
  it('takes a flaky test for a failed one', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats }, 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('counts a run without a report as one failed', () => {
    expect(countPlaywright(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
