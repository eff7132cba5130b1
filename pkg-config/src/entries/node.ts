// Node and Bun: the module lies beside this file and is read when the first database is opened.

import { readFileSync } from 'node:fs';
import { provideModule } from '../index.js';

provideModule(() => readFileSync(new URL('../snowglobe_wasm_bg.wasm', import.meta.url)));

export * from '../index.js';
