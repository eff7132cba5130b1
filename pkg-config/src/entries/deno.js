// Deno: a source phase import gives the compiled module and needs no --allow-read. JavaScript, since TypeScript cannot parse it.

import source module from '../snowglobe_wasm_bg.wasm';
import { provideModule } from '../index.js';

provideModule(() => module);

export * from '../index.js';
