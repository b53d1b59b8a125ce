import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../paths.mjs';
import { listPortalInputs } from './input-hash.mjs';

const read = (path) => readFileSync(join(rootDir, path), 'utf8');
const dockerfile = read('Dockerfile').replace(/\\\n/g, ' ');
const compose = read('compose.yaml');
const allMatches = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

/** The instructions of each stage, as `[name, rest]`. */
const stages = dockerfile
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((stage) => [...stage.matchAll(/^([A-Z]+) +(.+)$/gm)].map(([, name, rest]) => [name, rest]));

// The subset of .dockerignore's language that ours is written in.
const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));
const letIn = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
const keptOut = ignored.filter((line) => line.startsWith('**/')).map((line) => line.slice(3));
const toPattern = (glob) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);

function isInContext(path) {
  const named = letIn.some((entry) => path === entry || path.startsWith(`${entry}/`));
  return named && !path.split('/').some((part) => keptOut.some((one) => toPattern(one).test(part)));
}

describe('the build context', () => {
  it('begins with nothing, and names what exists', () => {
    expect(ignored[0]).toBe('*');
    // The portal has no public files of its own yet.
    const missing = letIn.filter((path) => !existsSync(join(rootDir, path)) && path !== 'public');
    expect(missing).toEqual([]);
  });

  it('has all that a build is made from, and what makes it', () => {
    const inputs = listPortalInputs(rootDir);
    expect(inputs.length).toBeGreaterThan(200);
    expect(inputs.filter((path) => !isInContext(path))).toEqual([]);
    expect(isInContext('tools/build.mjs')).toBe(true);
  });

  it.each([
    '.env',
    '.env.local',
    'app/.env.production',
    '.git/config',
    '.data/secrets.json',
    'node_modules/pg/index.js',
    'sandbox/main.ts',
    'e2e/access.spec.ts',
    'env.test.ts',
  ])('leaves out %s', (path) => expect(isInContext(path)).toBe(false));
});

describe('the image', () => {
  it('copies what is there', () => {
    const sources = stages[0]
      .filter(([name]) => name === 'COPY')
      .flatMap(([, rest]) => rest.split(' ').slice(0, -1));
    expect(sources).toContain('package-lock.json');
    for (const source of sources) {
      expect(existsSync(join(rootDir, source)), source).toBe(true);
      if (source !== '.') expect(isInContext(source), source).toBe(true);
    }
    expect(stages.at(-1)).toContainEqual(['COPY', '--from=build /src/.next/standalone ./']);
  });

  it('runs as somebody else than root, who does not own it', () => {
    const last = stages.at(-1);
    const user = last.findIndex(([name]) => name === 'USER');
    expect(last[user][1]).toBe('node');
    expect(last.findIndex(([name]) => name === 'COPY')).toBeLessThan(user);
    expect(last.filter(([, rest]) => rest.includes('--chown'))).toEqual([]);
  });

  it('carries no setting that is secret', () => {
    const secret = /(AUTH_SECRET|CODAT_|DATABASE_URL|OIDC_|SMTP_|METRICS_TOKEN)/;
    expect(dockerfile.match(secret)).toBeNull();
  });
});

describe('the commands that image and services start', () => {
  const known = readdirSync(join(rootDir, 'commands'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -3));

  it.each(['Dockerfile', 'compose.yaml'])('exist: %s', (path) => {
    const named = allMatches(read(path), /commands\/([\w-]+)\.mjs/g);
    expect(named).toContain('worker');
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('the services', () => {
  it('are given settings that exist', () => {
    const block = compose.slice(compose.indexOf('x-portal:'), compose.indexOf('services:'));
    const names = allMatches(block, /^ {4}([A-Z_]+):/gm);
    expect(names).toContain('DATABASE_URL');
    const settings = read('env.ts');
    for (const name of names) expect(settings, name).toMatch(new RegExp(`^ {4}${name}:`, 'm'));
  });

  it('are those that nginx passes requests to, at the port of the image', () => {
    const upstreams = allMatches(read('ops/nginx/portal.conf'), /^\s+server ([\w-]+:\d+)/gm);
    expect(upstreams).toEqual(['web-1:3000', 'web-2:3000']);
    for (const upstream of upstreams) {
      expect(compose).toMatch(new RegExp(`^ {2}${upstream.split(':')[0]}:$`, 'm'));
    }
    expect(dockerfile).toContain('PORT=3000');
    expect(compose).toContain('PORT: "3000"');
  });
});
