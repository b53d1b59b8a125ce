import { expect, it } from 'vitest';
import { Circuit } from './circuit';

function failTimes(circuit: Circuit, times: number, now: number): void {
  for (let i = 0; i < times; i += 1) {
    circuit.enter(now);
    circuit.fail(now);
  }
}

it('opens after five failures in a row, lets one try through, and closes when it works', () => {
  const circuit = new Circuit();
  failTimes(circuit, 4, 0);
  circuit.succeed();
  failTimes(circuit, 5, 0);
  expect(() => circuit.enter(4999)).toThrow();
  circuit.enter(5000);
  expect(() => circuit.enter(5000)).toThrow();
  circuit.succeed();
  circuit.enter(5001);
  circuit.enter(5001);
});

it('waits longer after each failed try, up to a minute', () => {
  const circuit = new Circuit();
  failTimes(circuit, 5, 0);
  circuit.enter(5000);
  circuit.fail(5000);
  expect(() => circuit.enter(14_999)).toThrow();
  circuit.enter(15_000);
  for (let now = 15_000; now < 1_000_000; now += 60_000) {
    circuit.fail(now);
    circuit.enter(now + 60_000);
  }
});

it('learns nothing from a 429: it neither closes the circuit nor opens it', () => {
  const circuit = new Circuit();
  failTimes(circuit, 4, 0);
  for (let i = 0; i < 10; i += 1) {
    circuit.enter(0);
    circuit.abstain();
  }
  failTimes(circuit, 1, 0);
  expect(() => circuit.enter(0)).toThrow();
  circuit.enter(5000);
  circuit.abstain();
  circuit.enter(5000);
  expect(circuit.isOpen).toBe(true);
});
