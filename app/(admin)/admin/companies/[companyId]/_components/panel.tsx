import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="p-4 sm:p-5">
      <h2 className="mb-3 text-[0.9375rem] font-semibold">{title}</h2>
      <div className="text-sm">{children}</div>
    </Card>
  );
}
