/**
 * Waits for `work` at most `ms` milliseconds, then gives what `late` returns or throws. The work
 * itself goes on: what becomes of it after that is lost, an error too.
 */
export function withDeadline<T, Late>(
  work: Promise<T>,
  ms: number,
  late: () => Late | Promise<Late>,
): Promise<T | Late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      new Promise<Late>((done) => done(late())).then(resolve, reject);
    }, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
