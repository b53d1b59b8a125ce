import { Hono } from 'hono';
import { z } from 'zod';
import { syncSettingsJson } from '@/sandbox/connections/sync-settings';
import { invalid } from '@/sandbox/errors/api-error';
import { getProfile, profileSchema, saveProfile } from '@/sandbox/profile';
import { readMeta, writeMeta } from '@/sandbox/store/meta';
import type { World } from '@/sandbox/world';
import { readJsonObject } from './read-json';

const CORS_KEY = 'allowedOrigins';
const corsSchema = z.object({ allowedOrigins: z.array(z.string()) });

/** `/profile`, `/profile/syncSettings` and `/corsSettings` with its deprecated alias. */
export function settingsRoutes(world: World): Hono {
  const routes = new Hono();

  routes.get('/profile', (c) => c.json(getProfile(world)));

  routes.put('/profile', async (c) => {
    const parsed = profileSchema.safeParse(await readJsonObject(c.req.raw));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = String(issue?.path[0] ?? 'Profile');
      throw invalid(field, issue?.message ?? 'Not valid.', 'ProfileValidator');
    }
    return c.json(saveProfile(world, parsed.data));
  });

  routes.get('/profile/syncSettings', (c) => c.json(syncSettingsJson(world)));

  for (const path of ['/corsSettings', '/connectionManagement/corsSettings']) {
    routes.get(path, (c) =>
      c.json({ allowedOrigins: readMeta<string[]>(world.store, CORS_KEY) ?? [] }),
    );
    routes.post(path, async (c) => {
      const parsed = corsSchema.safeParse(await readJsonObject(c.req.raw));
      if (!parsed.success) {
        throw invalid('AllowedOrigins', 'A list of origins is expected.', 'CorsValidator');
      }
      writeMeta(world.store, CORS_KEY, parsed.data.allowedOrigins);
      return c.json(parsed.data);
    });
  }

  return routes;
}
