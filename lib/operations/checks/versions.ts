import 'server-only';
import next from 'next/package.json';
import { portalVersion } from '@/lib/runtime/process-metrics';
import { type Check, checkText } from './check';

/** What runs here. */
export const versions: Check = {
  id: 'versions',
  group: 'versions',
  run: async () => {
    const node = globalThis.process.versions.node;
    const [major = 0, minor = 0] = node.split('.').map(Number);
    if (major < 22 || (major === 22 && minor < 12)) {
      return {
        state: 'fail',
        found: checkText('versions.nodeOld', { node }),
        fix: checkText('versions.fixNode'),
        fixedIn: 'environment',
      };
    }
    const params = { portal: portalVersion, node, next: next.version };
    return { state: 'ok', found: checkText('versions.ok', params) };
  },
};
