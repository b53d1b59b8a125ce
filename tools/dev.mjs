import { runScript } from './processes/lifetime.mjs';
import { runDemo } from './stack/run-demo.mjs';

runScript((lifetime) => runDemo(lifetime, 'dev'), { signalCode: 0 });
