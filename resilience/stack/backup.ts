import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { until } from './wait';

/** Settings with which a server keeps what a `Backup` needs. */
export const archiving = {
  archive_mode: 'on',
  wal_level: 'replica',
  full_page_writes: 'on',
  synchronous_commit: 'on',
};

/**
 * A base backup of a running PostgreSQL and its archived write-ahead log, from which it can be
 * restored to the last archived moment: what pg_basebackup and an archive do in production, by the
 * server's own functions.
 */
export class Backup {
  readonly #data: string;
  readonly #base: string;
  readonly #archive: string;

  constructor(
    readonly folder: string,
    readonly db: Pool,
  ) {
    this.#data = join(folder, 'data');
    this.#base = join(folder, 'base');
    this.#archive = join(folder, 'archive');
  }

  /** Has the write-ahead log archived from now on, and copies the data while they are in use. */
  async take(): Promise<void> {
    mkdirSync(this.#archive);
    this.#giveAway(this.#archive);
    await this.db.query(
      `alter system set archive_command = 'test ! -f "${this.#archive}/%f" && cp "%p" "${this.#archive}/%f"'`,
    );
    await this.db.query('select pg_reload_conf()');
    const session = await this.db.connect();
    try {
      await session.query("select pg_backup_start('rehearsal', fast => true)");
      copy(this.#data, this.#base);
      const { rows } = await session.query<{ labelfile: string }>(
        'select labelfile from pg_backup_stop(wait_for_archive => true)',
      );
      this.#write(join(this.#base, 'backup_label'), rows[0]?.labelfile ?? '');
    } finally {
      session.release();
    }
    rmSync(join(this.#base, 'postmaster.pid'), { force: true });
    for (const name of readdirSync(join(this.#base, 'pg_wal'))) {
      rmSync(join(this.#base, 'pg_wal', name), { recursive: true });
    }
  }

  /** Waits until everything committed so far is in the archive, and keeps out what comes after. */
  async closeArchive(): Promise<void> {
    const { rows } = await this.db.query<{ segment: string }>(
      'select pg_walfile_name(pg_switch_wal()) as segment',
    );
    const segment = rows[0]?.segment ?? '';
    await until('the log is archived', 30_000, async () => {
      const { rows: archived } = await this.db.query(
        'select from pg_stat_archiver where last_archived_wal >= $1',
        [segment],
      );
      return archived.length > 0;
    });
    await this.db.query(`alter system set archive_command = 'false'`);
    await this.db.query('select pg_reload_conf()');
  }

  /** Takes away everything that the server had, save for backup and archive. */
  destroy(): void {
    rmSync(this.#data, { recursive: true });
  }

  /** Lays the backup where the server finds it; its next start replays the archive. */
  restore(): void {
    copy(this.#base, this.#data);
    this.#write(join(this.#data, 'recovery.signal'), '');
    appendFileSync(
      join(this.#data, 'postgresql.auto.conf'),
      `restore_command = 'cp "${this.#archive}/%f" "%p"'\n`,
    );
  }

  #write(file: string, text: string): void {
    writeFileSync(file, text, { mode: 0o600 });
    this.#giveAway(file);
  }

  // The server may run as somebody else than this process.
  #giveAway(path: string): void {
    const { uid, gid } = statSync(this.#data);
    chownSync(path, uid, gid);
  }
}

/** A file that goes while it is copied was none that the backup needs. */
function copy(from: string, to: string): void {
  const { stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  const problems = stderr.split('\n').filter((line) => line && !line.includes('No such file'));
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
