import { redirect } from 'next/navigation';
import { requireOperator } from '@/lib/auth/session';

export default async function AdminPage() {
  await requireOperator('/admin');
  redirect('/admin/companies');
}
