'use client';

import Link from 'next/link';
import { useState } from 'react';
import {
  ConnectionActions,
  ConnectionProblem,
} from '@/app/(customer)/_components/connection-actions';
import { PlatformLogo } from '@/components/platform-logo';
import { ConnectionStatus } from '@/components/status/connection-status';
import { cn } from '@/components/ui/cn';
import { type ConnectionSummary, isBroken } from '@/lib/connections/types';
import { ConnectionFacts } from './connection-facts';

type Props = { connection: ConnectionSummary; brandName: string; actions: boolean };

export function ConnectionRow({ connection, brandName, actions }: Props) {
  const [firstState] = useState(connection.state);
  const changed = firstState !== connection.state;
  const broken = isBroken(connection);
  return (
    <li
      key={connection.state}
      className={cn(
        'rounded-xl border bg-surface p-4 shadow-lift sm:p-5',
        broken ? 'border-warn-line' : 'border-line',
        changed && 'animate-changed',
      )}
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-4">
        <div className="flex min-w-0 flex-[1_1_18rem] gap-4">
          <PlatformLogo platformName={connection.platformName} logoPath={connection.logoPath} />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
              <h2 className="text-lg font-semibold">
                <Link
                  href={`/connections/${connection.id}`}
                  className="underline decoration-transparent underline-offset-4 hover:decoration-current"
                >
                  {connection.platformName}
                </Link>
              </h2>
              <ConnectionStatus status={connection.state} className="text-[0.9375rem]" />
            </div>
            <ConnectionFacts connection={connection} />
          </div>
        </div>
        {actions ? <ConnectionActions connection={connection} /> : null}
        <div className="w-full empty:hidden sm:ps-15">
          <ConnectionProblem connection={connection} brandName={brandName} />
        </div>
      </div>
    </li>
  );
}
