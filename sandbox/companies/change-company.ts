import { randomUUID } from 'node:crypto';
import { deleteConnection } from '@/sandbox/connections/change-connection';
import { ApiError } from '@/sandbox/errors/api-error';
import { companyEventJson } from '@/sandbox/records/company-json';
import {
  type Company,
  countCompanies,
  insertCompany,
  listSubsidiaries,
  saveCompany,
} from '@/sandbox/records/company-record';
import { plainLinkUrls } from '@/sandbox/records/connection-json';
import { type Connection, listConnectionsOf } from '@/sandbox/records/connection-record';
import { emitEvent } from '@/sandbox/webhooks/emit-event';
import type { World } from '@/sandbox/world';
import type { CompanyChange, CompanyInput, NewCompany } from './company-input';

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

/** Without default products for the client, a company has to be given some. */
function requireProducts(world: World, products: readonly string[]): void {
  if (!world.settings.current().productsRequired || products.length > 0) return;
  throw new ApiError(400, 'CompanyValidationException: No products assigned', {
    validation: {
      errors: [
        {
          itemId: 'Products',
          message: 'At least one product must be assigned, as no default products are configured.',
          validatorName: 'CreateCompany',
        },
      ],
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

/**
 * Creates a company, below `parentId` if one is given, and announces it. Throws 402 when the plan's
 * limit is reached and 400 when products are missing that have to be given.
 */
export function createCompany(
  world: World,
  input: NewCompany,
  parentId: string | null = null,
): Company {
  const products = input.products ?? [];
  requireRoom(world);
  requireProducts(world, products);
  const nowMs = world.realNow();
  const company: Company = {
    id: randomUUID(),
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? null,
    products,
    parentId,
    syncHours: null,
    createdMs: nowMs,
    modifiedMs: nowMs,
  };
  world.store.transaction(() => {
    insertCompany(world, company);
    announce(world, 'company.created', company);
  });
  return company;
}

/** PUT: overwrites name, description and tags, the absent ones too. */
export function replaceCompany(world: World, company: Company, input: CompanyInput): Company {
  return saveCompany(world, {
    ...company,
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? null,
  });
}

/** PATCH: what is absent or null stays; `tags` given replaces the whole map, and `{}` clears it. */
export function updateCompany(world: World, company: Company, change: CompanyChange): Company {
  const tags = change.tags ?? company.tags;
  return saveCompany(world, {
    ...company,
    name: change.name ?? company.name,
    description: change.description ?? company.description,
    tags: tags && Object.keys(tags).length > 0 ? tags : null,
  });
}

/** Deletes the company and everything below it: subsidiaries, then connections, each announced. */
export function deleteCompany(world: World, company: Company): void {
  world.store.transaction(() => {
    const { announceConnectionsOfDeletedCompany } = world.settings.current();
    for (const subsidiary of listSubsidiaries(world, company.id)) deleteCompany(world, subsidiary);
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
