// Node and Bun: the module lies beside this file, in two parts, of which the first is read when the first database is opened and the
// second when something of it is called. At once, where the host has the means (Node 20.16): compiling takes longer than reading and
// waits for nobody either. An import of `node:fs` would load Node's streams, 2 ms that nothing here needs.

import { readFile } from 'node:fs/promises';
import { provideModule, SplitModule } from '../index.js';

// Bundlers know addresses that are written like this.
const whole = new URL('../snowglobe_wasm_bg.wasm', import.meta.url);
const primary = new URL('../snowglobe_wasm_primary.wasm', import.meta.url);
const secondary = new URL('../snowglobe_wasm_secondary.wasm', import.meta.url);

provideModule(() => {
  const read = process.getBuiltinModule?.('node:fs').readFileSync;
  return read ? new SplitModule(read(primary), () => read(secondary)) : readFile(whole);
});

export * from '../index.js';
