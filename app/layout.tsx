import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { accentStyle } from '@/components/theme/accent';
import { ThemeProvider } from '@/components/theme/theme';
import { KeepTyped } from '@/components/ui/keep-typed';
import { getBrand } from '@/lib/brand';
import { localeFacts } from '@/messages/locales';
import { GiveTexts } from '@/messages/server/give-texts';
import { getLocale } from '@/messages/server/request-locale';
import './globals.css';

export const dynamic = 'force-dynamic';

export function generateMetadata(): Metadata {
  const { name } = getBrand();
  return {
    title: { default: name, template: `%s · ${name}` },
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#14171c' },
  ],
};

export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const nonce = (await headers()).get('x-nonce');
  const { tag, dir } = localeFacts(await getLocale());
  return (
    <html
      lang={tag}
      dir={dir}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      style={accentStyle(getBrand().color)}
      suppressHydrationWarning
    >
      <body className="flex min-h-dvh flex-col">
        <KeepTyped nonce={nonce ?? undefined} />
        <ThemeProvider {...(nonce ? { nonce } : {})}>
          <GiveTexts areas={['layout']}>{children}</GiveTexts>
        </ThemeProvider>
      </body>
    </html>
  );
}
