/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { Document } from '@/sandbox/pages/document';

const SECTIONS = [
  ['/_sandbox', 'Companies'],
  ['/_sandbox/deliveries', 'Deliveries'],
  ['/_sandbox/requests', 'API calls'],
  ['/_sandbox/settings', 'Settings and faults'],
] as const;

interface PanelPageProps {
  title: string;
  /** Path of the section that is open. */
  section: string;
  /** What was just done, if anything. */
  note: string | undefined;
  children: Child;
}

/** The frame of every page of the control panel. */
export function PanelPage({ title, section, note, children }: PanelPageProps) {
  return (
    <Document title={`${title} – local Codat`} stylesheet="/assets/panel.css">
      <header class="bar">
        <div>
          <strong>Local Codat · control panel</strong>
          <nav aria-label="Sections">
            {SECTIONS.map(([path, name]) => (
              <a key={path} href={path} aria-current={path === section ? 'page' : undefined}>
                {name}
              </a>
            ))}
          </nav>
        </div>
      </header>
      <main>
        <h1>{title}</h1>
        {note && (
          <p class="note" role="status">
            {note}
          </p>
        )}
        {children}
      </main>
    </Document>
  );
}

interface PostButtonProps {
  action: string;
  /** Where to go on afterwards. */
  back: string;
  kind?: 'main' | 'danger';
  /** Sent along, unseen. */
  fields?: Readonly<Record<string, string>>;
  children: Child;
}

/** One button that does one thing. */
export function PostButton({ action, back, kind, fields = {}, children }: PostButtonProps) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="back" value={back} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={kind}>
        {children}
      </button>
    </form>
  );
}
