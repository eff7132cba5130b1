// Node and Bun: the module lies beside this file and is read when the first database is opened. At once, where the host has the means
// (Node 20.16): compiling takes longer than reading and waits for nobody either. An import of `node:fs` would load Node's streams, 2 ms
// that nothing here needs.

import { readFile } from 'node:fs/promises';
import { provideModule } from '../index.js';

const file = new URL('../snowglobe_wasm_bg.wasm', import.meta.url);

provideModule(() => process.getBuiltinModule?.('node:fs').readFileSync(file) ?? readFile(file));

export * from '../index.js';
