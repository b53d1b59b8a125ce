import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

type Props = { title: string; children: ReactNode; id?: string };

export function Panel({ title, children, id }: Props) {
  return (
    <Card id={id} className="p-4 sm:p-5">
      <h2 className="mb-3 text-[0.9375rem] font-semibold">{title}</h2>
      <div className="text-sm">{children}</div>
    </Card>
  );
}
