interface Page {
  url: string;
  status: number;
  html: string;
  headers: Headers;
}

/** A browser of the simplest kind: links, forms, redirects and cookies, no scripts. */
export interface FormBrowser {
  page: Page;
  open(url: string): Promise<Page>;
  /** Follows the link of this name. */
  click(name: string): Promise<Page>;
  /** Presses the button of this name, with its form's hidden fields and first options. */
  press(name: string): Promise<Page>;
  heading(): string;
}

const toText = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replace(/&amp;/g, '&');

function formData(form: string, button: string): URLSearchParams {
  const data = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name) data.set(name, attribute(tag, 'value') ?? '');
  }
  for (const [select] of form.matchAll(/<select[\s\S]*?<\/select>/g)) {
    data.set(
      attribute(select, 'name') ?? '',
      attribute(/<option[^>]*>/.exec(select)?.[0] ?? '', 'value') ?? '',
    );
  }
  const name = attribute(button, 'name');
  if (name) data.set(name, attribute(button, 'value') ?? '');
  return data;
}

/** Redirects that leave `stopAt` (an origin) are not followed: their address is the last page. */
export function createFormBrowser(stopAt: string): FormBrowser {
  const cookies = new Map<string, string>();
  let page: Page = { url: '', status: 0, html: '', headers: new Headers() };

  async function load(url: string, init: RequestInit = {}): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie && { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location) {
      await response.body?.cancel();
      const next = new URL(location, url).href;
      if (next.startsWith(stopAt)) {
        page = { url: next, status: response.status, html: '', headers: response.headers };
        return page;
      }
      return load(next);
    }
    page = { url, status: response.status, html: await response.text(), headers: response.headers };
    return page;
  }

  return {
    get page() {
      return page;
    },
    open: (url) => load(url),
    click: async (name) => {
      const link = [...page.html.matchAll(/<a\b[^>]*>[\s\S]*?<\/a>/g)].find(
        ([tag]) => toText(tag) === name,
      );
      if (!link) throw new Error(`No link "${name}" on ${page.url}`);
      return load(new URL(attribute(link[0], 'href') ?? '', page.url).href);
    },
    press: async (name) => {
      for (const [form] of page.html.matchAll(/<form[\s\S]*?<\/form>/g)) {
        const button = [...form.matchAll(/<button[^>]*>[\s\S]*?<\/button>/g)].find(
          ([tag]) => toText(tag) === name,
        );
        if (!button) continue;
        const action = new URL(attribute(form, 'action') ?? '', page.url);
        const data = formData(form, button[0]);
        if (attribute(form, 'method') === 'post')
          return load(action.href, { method: 'POST', body: data });
        action.search = data.toString();
        return load(action.href);
      }
      throw new Error(`No button "${name}" on ${page.url}`);
    },
    heading: () => toText(/<h1[\s\S]*?<\/h1>/.exec(page.html)?.[0] ?? ''),
  };
}
