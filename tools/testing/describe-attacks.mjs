const heading = `# Attacks, and what held

Made by \`npm run test:resilience\`, which writes this page. Each attack runs against production builds in processes of their own, a real PostgreSQL and the local Codat; \`npm test\` makes every one of them in a shorter form. The attacks are in \`resilience/\`; those made by browser tests and by tests beside the code name their files, have their number of tests for rounds, and are the same in \`npm test\`.
`;

const promises = [
  'Every acknowledged webhook counts, once',
  'The truth wins',
  'Codat’s bad days',
  'One company, ever',
  'The way out and back',
  'Nobody else’s',
  'Identity',
  'Stopping',
  'No leaks',
  'Codat’s own schema',
];

/** docs/resilience.md: a table for each promise, a line for each attack with its figures. */
export function describeAttacks(results) {
  const sections = promises.map((promise) => {
    const lines = results.filter((result) => result.promise === promise).map(describeAttack);
    if (lines.length === 0) return '';
    return [
      `\n## ${promise}\n`,
      '| Attack | Rounds | What is to hold | Held | Figures |',
      '|---|---|---|---|---|',
      ...lines,
      '',
    ].join('\n');
  });
  return heading + sections.join('');
}

function describeAttack({ name, rounds, holds, held, figures, seconds }) {
  const said = figures.map(([what, value]) => `${what}: ${format(value)}`);
  const all = [...said, `took ${seconds} s`].join('<br>');
  return `| ${[name, format(rounds), holds, held ? 'yes' : '**no**', all].join(' | ')} |`;
}

function format(value) {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : value;
}
