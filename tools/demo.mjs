import { runScript } from './processes/lifetime.mjs';
import { runDemo } from './stack/run-demo.mjs';

// After Ctrl-C all is as the person wanted it, so that is no failure.
runScript((lifetime) => runDemo(lifetime, 'demo'), { signalCode: 0 });
