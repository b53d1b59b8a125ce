import { CodatError } from './errors';

const failuresToOpen = 5;
const firstPauseMs = 5000;
const longestPauseMs = 60_000;

/**
 * Stops calling a service that doesn't answer: after five failures in a row calls fail immediately for
 * 5 s, doubling up to a minute; then one call tries again and decides.
 */
export class Circuit {
  #failures = 0;
  #openUntil = 0;
  #trying = false;

  /** Whether it is open, or was until a call that is still running. */
  get isOpen(): boolean {
    return this.#failures >= failuresToOpen;
  }

  /** @throws CodatError `unreachable` while the circuit is open. */
  enter(now = Date.now()): void {
    if (this.#failures < failuresToOpen) return;
    if (now < this.#openUntil || this.#trying) {
      throw new CodatError('unreachable', 'not asked: Codat has not answered lately', {
        asked: false,
      });
    }
    this.#trying = true;
  }

  /** The answer says nothing about the service: it had too many calls. */
  abstain(): void {
    this.#trying = false;
  }

  /** The service has answered, whatever it said. */
  succeed(): void {
    this.#failures = 0;
    this.#trying = false;
  }

  /** No answer, or a server error. */
  fail(now = Date.now()): void {
    this.#failures += 1;
    this.#trying = false;
    if (this.#failures < failuresToOpen) return;
    const pauseMs = firstPauseMs * 2 ** Math.min(10, this.#failures - failuresToOpen);
    this.#openUntil = now + Math.min(longestPauseMs, pauseMs);
  }
}
