/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { Document } from '@/sandbox/pages/document';
import { PlatformLogo } from '@/sandbox/pages/platform-logo';

interface PageProps {
  title: string;
  clientName: string;
  children: Child;
}

/** The frame of every Hosted Link page. */
export function LinkPage({ title, clientName, children }: PageProps) {
  return (
    <Document title={`${title} – Hosted Link`} stylesheet="/assets/link.css">
      <header>
        <strong>{clientName}</strong>
        <span>Secure connection by Codat</span>
      </header>
      <main>{children}</main>
      <footer>Powered by Codat (local stand-in). No real account is ever reached from here.</footer>
    </Document>
  );
}

/** A platform's logo and a heading beside it. */
export function PlatformHeading({
  platformKey,
  children,
}: {
  platformKey: string;
  children: Child;
}) {
  return (
    <div class="lead">
      <PlatformLogo platformKey={platformKey} size={52} />
      <h1>{children}</h1>
    </div>
  );
}
