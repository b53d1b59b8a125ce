import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areaWords, findAffected } from './affected.mjs';

const filesOf = (folder, end) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);
const all = { specs: filesOf('e2e', '.spec.ts'), attacks: filesOf('resilience', '.attack.ts') };

describe('what a change touches', () => {
  it('is itself, where it is a test', () => {
    const [spec, attack] = ['e2e/returns.spec.ts', 'resilience/sessions.attack.ts'];
    expect(findAffected([spec, attack], all)).toEqual({ specs: [spec], attacks: [attack] });
  });

  it('is everything, where all share it', () => {
    for (const file of [
      'db/schema/companies.ts',
      'package-lock.json',
      'components/ui/button.tsx',
    ]) {
      expect(findAffected([file], all), file).toEqual(all);
    }
    expect(findAffected(['e2e/fixtures/test.ts'], all)).toEqual({ specs: all.specs, attacks: [] });
    const { attacks } = all;
    expect(findAffected(['resilience/stack/wait.ts'], all)).toEqual({ specs: [], attacks });
  });

  it('is nothing, where no running portal is changed', () => {
    const files = ['README.md', 'docs/operations.md', 'lib/auth/sign-in.test.ts'];
    expect(findAffected(files, all)).toEqual({ specs: [], attacks: [] });
  });

  it('is the tests of its area', () => {
    const { specs, attacks } = findAffected(['app/(admin)/admin/audit/page.tsx'], all);
    expect(specs).toEqual(['e2e/access-matrix.spec.ts', 'e2e/admin-audit.spec.ts']);
    expect(attacks).toEqual([]);
  });

  it('is named by words that each begin the name of a test', () => {
    for (const kind of ['specs', 'attacks']) {
      for (const word of areaWords[kind]) {
        const named = all[kind].filter((file) => basename(file).startsWith(word));
        expect(named, word).not.toEqual([]);
      }
    }
  });
});
