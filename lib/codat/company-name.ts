/** What Codat leaves in a company's name (its API description); all else is removed silently. */
const forbidden = /[^A-Za-z0-9\s\-',&@.,?!]/gu;

/** A name as Codat keeps it. */
export function nameAtCodat(name: string): string {
  return name.replace(forbidden, '').trim();
}

/** The characters that Codat would remove from a name, each once. */
export function charactersCut(name: string): string {
  return [...new Set(name.match(forbidden) ?? [])].join(' ');
}
