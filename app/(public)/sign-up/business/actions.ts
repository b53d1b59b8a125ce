'use server';

import { redirect } from 'next/navigation';
import { businessSchema } from '@/lib/auth/schemas';
import { nameBusiness as nameBusinessUseCase } from '@/lib/companies/name-business';
import { personAction } from '@/lib/web/action';

export const nameBusiness = personAction(businessSchema, async (actor, input) => {
  await nameBusinessUseCase(actor, input);
  redirect('/connections');
});
