/** `2022-10-27T09:53:29Z`, as Codat prints dates of creation on reads. */
export function toSecondsIso(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** `2022-10-27T10:22:43.6464237Z`, as .NET prints a time: seven fractional digits. */
export function toSevenDigitIso(milliseconds: number): string {
  const belowMilliseconds = String((milliseconds * 7919) % 10_000).padStart(4, '0');
  return `${new Date(milliseconds).toISOString().slice(0, 23)}${belowMilliseconds}Z`;
}

/** `2024-08-08T17:10:34.015Z`, as webhooks print a time. */
export function toMillisecondIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
