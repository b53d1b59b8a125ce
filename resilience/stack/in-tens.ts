/** What `run` makes of each, ten at a time. */
export async function inTens<T, R>(
  items: T[],
  run: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += 10) {
    const some = items.slice(at, at + 10);
    results.push(...(await Promise.all(some.map((item, index) => run(item, at + index)))));
  }
  return results;
}
