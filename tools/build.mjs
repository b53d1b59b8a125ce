import { buildStandalone, standaloneDir, takeBuildLock } from './building/next-build.mjs';
import { runScript } from './processes/lifetime.mjs';
import { ensurePackages } from './setup/packages.mjs';

runScript(async (lifetime) => {
  await ensurePackages(lifetime, 'npm run build');
  const release = await takeBuildLock(lifetime);
  await buildStandalone(lifetime, { env: process.env });
  release();
  console.log(`\nBuilt ${standaloneDir}. Start it with npm start.`);
});
