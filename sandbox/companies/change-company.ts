import { randomUUID } from 'node:crypto';
import { deleteConnection } from '@/sandbox/connections/change-connection';
import { ApiError } from '@/sandbox/errors/api-error';
import { companyEventJson } from '@/sandbox/records/company-json';
import { type Company, countCompanies, type Tags } from '@/sandbox/records/company-record';
import { plainLinkUrls } from '@/sandbox/records/connection-json';
import { type Connection, listConnectionsOf } from '@/sandbox/records/connection-record';
import { emitEvent } from '@/sandbox/webhooks/emit-event';
import type { World } from '@/sandbox/world';
import type { CompanyChange, CompanyInput } from './company-input';

const LIMIT_MESSAGE =
  'Company limit exceeded. Learn more at https://docs.codat.io/using-the-api/errors';

function requireRoom(world: World): void {
  const { companyLimit } = world.settings.current();
  if (companyLimit === null || countCompanies(world) < companyLimit) return;
  throw new ApiError(402, 'CompanyValidationException: Company limit exceeded', {
    validation: {
      errors: [{ itemId: 'Company', message: LIMIT_MESSAGE, validatorName: 'CreateCompany' }],
      warnings: [],
    },
  });
}

function announce(
  world: World,
  eventType: 'company.created' | 'company.deleted',
  company: Company,
  connections: readonly Connection[] = [],
): void {
  emitEvent(world, {
    eventType,
    company,
    payload: companyEventJson(company, connections, plainLinkUrls(world)),
  });
}

const printTags = (tags: Tags | null | undefined) => (tags ? JSON.stringify(tags) : null);

/** Creates a company and announces it; throws 402 when the plan's limit is reached. */
export function createCompany(world: World, input: CompanyInput): Company {
  requireRoom(world);
  const company: Company = {
    id: randomUUID(),
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? null,
    createdMs: world.realNow(),
  };
  world.store.transaction(() => {
    world.store.run(
      'INSERT INTO companies (id, name, description, tags, created_ms) VALUES (?, ?, ?, ?, ?)',
      company.id,
      company.name,
      company.description,
      printTags(company.tags),
      company.createdMs,
    );
    announce(world, 'company.created', company);
  });
  return company;
}

function save(world: World, company: Company): Company {
  world.store.run(
    'UPDATE companies SET name = ?, description = ?, tags = ? WHERE id = ?',
    company.name,
    company.description,
    printTags(company.tags),
    company.id,
  );
  return company;
}

/** PUT: overwrites name, description and tags, the absent ones too. */
export function replaceCompany(world: World, company: Company, input: CompanyInput): Company {
  return save(world, {
    ...company,
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? null,
  });
}

/** PATCH: what is absent or null stays; `tags` given replaces the whole map, and `{}` clears it. */
export function updateCompany(world: World, company: Company, change: CompanyChange): Company {
  const tags = change.tags ?? company.tags;
  return save(world, {
    ...company,
    name: change.name ?? company.name,
    description: change.description ?? company.description,
    tags: tags && Object.keys(tags).length > 0 ? tags : null,
  });
}

/** Deletes the company and everything below it; its connections are announced first. */
export function deleteCompany(world: World, company: Company): void {
  world.store.transaction(() => {
    const { announceConnectionsOfDeletedCompany } = world.settings.current();
    const connections = listConnectionsOf(world, company.id);
    for (const connection of connections) {
      deleteConnection(world, company, connection, announceConnectionsOfDeletedCompany);
    }
    announce(world, 'company.deleted', company, connections);
    world.store.run('DELETE FROM companies WHERE id = ?', company.id);
    world.store.run('DELETE FROM one_time_passwords WHERE company_id = ?', company.id);
    world.store.run('DELETE FROM flows WHERE company_id = ?', company.id);
  });
}
