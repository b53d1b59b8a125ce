import { afterEach, expect, it, vi } from 'vitest';
import { withDeadline } from './with-deadline';

const tooLate = () => {
  throw new Error('too late');
};

afterEach(() => vi.useRealTimers());

it('gives what the work gives, and leaves no timer running', async () => {
  vi.useFakeTimers();
  expect(await withDeadline(Promise.resolve(1), 1000, tooLate)).toBe(1);
  await expect(withDeadline(Promise.reject(new Error('broken')), 1000, tooLate)).rejects.toThrow(
    'broken',
  );
  expect(vi.getTimerCount()).toBe(0);
});

it('gives what is said when it is late', async () => {
  const never = new Promise<number>(() => {});
  expect(await withDeadline(never, 1, () => 'late')).toBe('late');
  expect(await withDeadline(never, 1, async () => 'late')).toBe('late');
  await expect(withDeadline(never, 1, tooLate)).rejects.toThrow('too late');
});

it('loses what comes afterwards, an error too', async () => {
  let fail: (error: Error) => void = () => {};
  const work = new Promise<number>((_, reject) => {
    fail = reject;
  });
  expect(await withDeadline(work, 1, () => 2)).toBe(2);
  // Vitest fails on a rejection that nobody handles.
  fail(new Error('afterwards'));
});
