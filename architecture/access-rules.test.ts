import { describe, expect, it } from 'vitest';
import { actionRules, handlerRules, pageRules } from './access-rules';
import { readDoors } from './app-tree';
import { readSources } from './source-files';
import { exportedNames, parse } from './syntax';

const doors = readDoors(readSources());

/** Doors without a rule, and rules without a door. */
function differences(found: string[], rules: Record<string, unknown>) {
  return {
    withoutRule: found.filter((door) => !(door in rules)),
    withoutDoor: Object.keys(rules).filter((door) => !found.includes(door)),
  };
}

const agreed = { withoutRule: [], withoutDoor: [] };

describe('architecture/access-rules.ts names who may use', () => {
  it('every page', () => {
    expect(doors.pages.length).toBeGreaterThan(10);
    expect(differences(doors.pages, pageRules)).toEqual(agreed);
  });

  it('every route handler', () => {
    expect(doors.handlers.length).toBeGreaterThan(8);
    expect(differences(doors.handlers, handlerRules)).toEqual(agreed);
  });

  it('every server action', () => {
    expect(doors.actions.length).toBeGreaterThan(6);
    expect(differences(doors.actions, actionRules)).toEqual(agreed);
  });

  it('and nothing opens a door that cannot be read', () => {
    expect(doors.unreadable).toEqual([]);
  });
});

describe('readDoors', () => {
  const read = (path: string, source: string) => readDoors(new Map([[path, source]]));

  it('finds a new door wherever it is put', () => {
    expect(read('app/(a)/b/[c]/page.tsx', '').pages).toEqual(['/b/[c]']);
    expect(read('app/page.tsx', '').pages).toEqual(['/']);
    expect(read('app/x/@slot/page.tsx', '').pages).toEqual(['/x']);
    expect(
      read('app/api/x/route.ts', 'export function GET() {}\nexport { a as POST };').handlers,
    ).toEqual(['GET /api/x', 'POST /api/x']);
    expect(read('app/api/x/route.ts', 'export const DELETE = handle;').handlers).toEqual([
      'DELETE /api/x',
    ]);
    const actions = "'use server';\nexport const a = 1;\nexport async function b() {}";
    expect(read('app/x/save.ts', actions).actions).toEqual(['app/x/save.ts a', 'app/x/save.ts b']);
  });

  it('refuses what it cannot read', () => {
    for (const [path, source] of [
      ['app/page.tsx', "async function save() {\n  'use server';\n}"],
      ['components/form.tsx', "'use server';\nexport async function save() {}"],
      ['app/api/x/route.ts', "export * from './y';"],
      ['app/api/x/route.ts', 'export const dynamic = "x";'],
    ] as const) {
      expect(read(path, source).unreadable, source).not.toEqual([]);
    }
  });

  it('reads names, not types', () => {
    const source = 'export type A = 1;\nexport { type B, c, d as e };\nexport default 1;';
    expect(exportedNames(parse('a.ts', source))).toEqual(['c', 'e', 'default']);
  });
});
