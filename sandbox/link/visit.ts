import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { getProfile } from '@/sandbox/profile';
import { getCompany } from '@/sandbox/records/company-record';
import { type Connection, getConnection } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { type Flow, getFlow } from './flow';
import { cookieName } from './open-link';

/** Why a page cannot be shown; printed in one place. */
export class LinkRefusal extends Error {
  constructor(
    readonly status: 400 | 401 | 404 | 410,
    readonly heading: string,
    text: string,
  ) {
    super(text);
  }
}

/** The page for a used, expired or missing one-time password. */
export function linkExpired(): LinkRefusal {
  return new LinkRefusal(
    401,
    'This link can no longer be used',
    'It was used before, or it has expired. Ask the company that sent it to you for a new one.',
  );
}

export function linkUnknown(): LinkRefusal {
  return new LinkRefusal(
    404,
    'This link does not exist',
    'Check that it is complete, or ask the company that sent it to you for a new one.',
  );
}

/** Sage Bank Feeds is connected in Sage, with the connection's id and a passcode. */
export function linkNotForPeople(): LinkRefusal {
  return new LinkRefusal(
    400,
    'This connection starts in Sage',
    'It isn’t opened by a link. Add the bank feed in Sage and enter the details you were given.',
  );
}

/** What a page is shown for. */
export interface Visit {
  flow: Flow;
  /** Path of the flow, without a trailing slash. */
  base: string;
  clientName: string;
}

/** The flow that a request belongs to; throws for another browser, an unknown or a finished one. */
export function requireVisit(world: World, c: Context, allowsFinished = false): Visit {
  const flow = getFlow(world, c.req.param('flowId') ?? '');
  if (!flow || !getCompany(world, flow.companyId)) throw linkUnknown();
  if (flow.browser !== null && getCookie(c, cookieName(world)) !== flow.browser) {
    throw linkExpired();
  }
  if (flow.finishedWith && !allowsFinished) {
    throw new LinkRefusal(
      410,
      'You have finished here',
      'Go back to where you came from to connect more or to change a connection.',
    );
  }
  return { flow, base: `/link/${flow.id}`, clientName: getProfile(world).name };
}

/** A connection of the visited company; throws when it is not one. */
export function requireOwnConnection(world: World, c: Context, { flow }: Visit): Connection {
  const connection = getConnection(world, c.req.param('connectionId') ?? '');
  if (connection?.companyId !== flow.companyId) throw linkUnknown();
  return connection;
}
