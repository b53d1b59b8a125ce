import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity } from './identity.mjs';

/**
 * Takes a lock file if no living process holds it. Answers `{release}` or `{holder}`.
 * A lock left behind by a `kill -9` is taken over; `details` is stored for whoever finds it held.
 */
export function tryLock(file, details = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = JSON.stringify({ ...ownIdentity(), ...details });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      if (createFrom(draft, file)) return { release: () => releaseLock(file, mine) };
      const holder = readHolder(file);
      if (holder && isAlive(holder)) return { holder };
      discardStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Waits for the lock; `onWait(holder)` is called once if somebody else has it. Answers `release`. */
export async function acquireLock(file, { onWait, details, signal } = {}) {
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    const attempt = tryLock(file, details);
    if (attempt.release) return attempt.release;
    if (!told) onWait?.(attempt.holder);
    told = true;
    await sleep(250);
  }
}

/** What the lock's file says, or null. It may be left over from a dead process. */
export function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

// link() is atomic and fails when the target exists, with the content already in place.
function createFrom(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

// Two starters may find the same stale lock: whoever renamed a fresh one by mistake puts it back.
function discardStale(file) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const taken = readHolder(aside);
  if (taken && isAlive(taken)) createFrom(aside, file);
  rmSync(aside, { force: true });
}

function releaseLock(file, mine) {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file, { force: true });
  } catch {
    // Already gone: nothing to release.
  }
}
