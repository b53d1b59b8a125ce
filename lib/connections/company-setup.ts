import type { CompanySetup } from '@/lib/connections/schemas';

const operatorMustAct = ['setupPlanLimit', 'setupUnauthorized', 'setupForbidden'];

/** How far setting a company up has come, from its columns. */
export function companySetup(company: {
  codatCompanyId: string | null;
  codatDeletedAt: Date | null;
  provisionProblem: string | null;
}): CompanySetup {
  if (company.codatDeletedAt) return 'deleted';
  if (company.codatCompanyId) return 'ready';
  return operatorMustAct.includes(company.provisionProblem ?? '') ? 'blocked' : 'provisioning';
}
