import { type Company, getCompany } from '@/sandbox/records/company-record';
import { type Connection, getConnection } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { ControlError } from './control-error';

/** The company of this id; throws a 404 in the control API's form. */
export function requireControlCompany(world: World, companyId: string): Company {
  const company = getCompany(world, companyId);
  if (!company) throw new ControlError(404, `There is no company ${companyId}`);
  return company;
}

export interface Subject {
  company: Company;
  connection: Connection;
}

/** The connection of this id with its company; throws a 404 in the control API's form. */
export function requireSubject(world: World, connectionId: string): Subject {
  const connection = getConnection(world, connectionId);
  if (!connection) throw new ControlError(404, `There is no connection ${connectionId}`);
  return { connection, company: requireControlCompany(world, connection.companyId) };
}
