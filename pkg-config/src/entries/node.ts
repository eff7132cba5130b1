// Node and Bun: the module lies beside this file and is read when the first database is opened. With the promises: an import of
// `node:fs` itself loads Node's streams, 2 ms that nothing here needs.

import { readFile } from 'node:fs/promises';
import { provideModule } from '../index.js';

provideModule(() => readFile(new URL('../snowglobe_wasm_bg.wasm', import.meta.url)));

export * from '../index.js';
