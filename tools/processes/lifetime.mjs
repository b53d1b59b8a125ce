import { Problem } from '../problem.mjs';
import { isAlive, nameOf, parentOf, startOf } from './identity.mjs';

const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** What must be undone before this process may go, last in, first out. */
export class Lifetime {
  #undo = [];
  #ending = null;

  /** Registers work for the end; answers a function that unregisters it. */
  defer(work) {
    this.#undo.push(work);
    return () => {
      this.#undo = this.#undo.filter((entry) => entry !== work);
    };
  }

  /** Undoes everything, once; later callers wait for the same end. */
  end() {
    this.#ending ??= this.#unwind();
    return this.#ending;
  }

  get isEnding() {
    return this.#ending !== null;
  }

  /** Keeps work that is still under way from starting anything more once the end has begun. */
  throwIfEnding() {
    if (this.#ending) throw new Problem('Interrupted.');
  }

  async #unwind() {
    for (let work = this.#undo.pop(); work; work = this.#undo.pop()) {
      try {
        await work();
      } catch (error) {
        console.error(error);
      }
    }
  }
}

/**
 * Runs a script's `main(lifetime)` and ends the process with what it answers (default 0), after
 * undoing everything. Signals, and the death of the npm that started us, end it the same way.
 * `onEnd(code)` may print last words and change the code; `signalCode` is the code after a signal.
 */
export function runScript(main, { onEnd = (code) => code, signalCode } = {}) {
  const lifetime = new Lifetime();
  let finished = false;
  const finish = async (code) => {
    if (finished) return;
    finished = true;
    await lifetime.end();
    process.exit(onEnd(code));
  };
  for (const [signal, code] of Object.entries(signalCodes)) {
    // npm passes on the signal that the terminal has already sent, so a second one means nothing.
    process.on(signal, () => {
      if (!finished) console.log('\nStopping…');
      finish(signalCode ?? code);
    });
  }
  watchNpm(() => finish(signalCodes.SIGHUP));
  // Output may go to a pipe that nobody reads any more; that must not keep us from cleaning up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  main(lifetime).then(
    (code) => finish(code ?? 0),
    (error) => {
      if (!lifetime.isEnding) report(error);
      finish(1);
    },
  );
}

function report(error) {
  console.error(error instanceof Problem ? `\n✗ ${error.message}` : error);
}

// Killing npm with -9 would leave us behind, holding its ports. Watched only below npm: a script
// started by hand with nohup is meant to outlive its shell.
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  // Some shells stay between npm and its script, others have replaced themselves by it.
  const npmPid = ['sh', 'bash', 'dash', 'zsh'].includes(nameOf(parent)) ? parentOf(parent) : null;
  const npm = npmPid && { pid: npmPid, started: startOf(npmPid) };
  setInterval(() => {
    if (process.ppid !== parent || (npm && !isAlive(npm))) onGone();
  }, 500).unref();
}
