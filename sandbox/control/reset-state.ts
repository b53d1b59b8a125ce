import { applyEnvironment, forgetEnvironment } from '@/sandbox/apply-environment';
import { clearProfile } from '@/sandbox/profile';
import { STATE_TABLES } from '@/sandbox/store/schema';
import type { World } from '@/sandbox/world';

/** Empties everything and sets up again what the environment gives; the client's id stays. */
export function resetState(world: World): void {
  world.store.transaction(() => {
    for (const table of STATE_TABLES) world.store.run(`DELETE FROM ${table}`);
    clearProfile(world);
    forgetEnvironment(world);
    world.settings.reset();
    applyEnvironment(world);
  });
  world.wake();
}
