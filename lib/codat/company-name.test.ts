import { expect, it } from 'vitest';
import { charactersCut, nameAtCodat } from './company-name';

// Codat's own example, and what its pattern does to others.
it.each([
  ['Example Company (Codat[1])', 'Example Company Codat1', '( [ ] )'],
  ['cust_1MtJUT2eZ', 'cust1MtJUT2eZ', '_'],
  ['Café & Söhne, "Ltd."!?', 'Caf & Shne, Ltd.!?', 'é ö "'],
  ['日本', '', '日 本'],
  ['🍞 Bread', 'Bread', '🍞'],
  ['0498e921-9b53-4396-a412-4f2f5983b0a2', '0498e921-9b53-4396-a412-4f2f5983b0a2', ''],
])('keeps of %j what Codat keeps', (name, kept, cut) => {
  expect(nameAtCodat(name)).toBe(kept);
  expect(charactersCut(name)).toBe(cut);
});
