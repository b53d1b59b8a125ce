import type { PageAnswer } from './person';

type Form = {
  /** The process that is spoken to. */
  url: string;
  /** Where people find the portal: what a browser's Origin would say. */
  appUrl: string;
  path: string;
  cookie?: string;
  fields: Record<string, string>;
  /** The text of its button, for a form without a field that a person fills in. */
  button?: string;
};

export type FormAnswer = PageAnswer & {
  location: string | null;
  /** Every cookie that was set, as a browser sends them back; null when none was. */
  cookie: string | null;
};

/** The hidden fields of a page's form, which name the action: as a browser without scripts sees it. */
export async function openForm(form: Form): Promise<FormData> {
  const response = await fetch(form.url + form.path, { headers: { cookie: form.cookie ?? '' } });
  const html = await response.text();
  const mark = form.button ? `${form.button}</button>` : `name="${Object.keys(form.fields)[0]}"`;
  const forms = html.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
  // Texts have elements of their own (decision 044).
  const source = forms.find((text) => text.replace(/<\/?span[^>]*>/g, '').includes(mark));
  if (!source) throw new Error(`${form.path} (${response.status}) has no form with ${mark}`);
  const data = new FormData();
  for (const [input] of source.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(input)?.[1];
    const value = /\bvalue="([^"]*)"/.exec(input)?.[1] ?? '';
    if (name) data.append(name, decode(value));
  }
  return data;
}

/** Sends a form that was opened; status 0 when no answer came. */
export async function sendForm(form: Form, opened: FormData): Promise<FormAnswer> {
  const body = new FormData();
  for (const [name, value] of opened) body.append(name, value);
  for (const [name, value] of Object.entries(form.fields)) body.set(name, value);
  const startedAt = performance.now();
  try {
    const response = await fetch(form.url + form.path, {
      method: 'POST',
      headers: {
        cookie: form.cookie ?? '',
        origin: form.appUrl,
        'x-forwarded-host': new URL(form.appUrl).host,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return {
      status: response.status,
      text,
      ms: performance.now() - startedAt,
      location: response.headers.get('location'),
      cookie: cookies.length > 0 ? cookies.join('; ') : null,
    };
  } catch {
    const ms = performance.now() - startedAt;
    return { status: 0, text: '', ms, location: null, cookie: null };
  }
}

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
