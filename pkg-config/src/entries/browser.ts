// Browsers and everything unknown: the module is fetched from beside this file when the first database is opened. Bundlers that
// know `new URL(..., import.meta.url)` copy it along; with others the application serves the file and calls `provideModule`.

import { provideModule } from '../index.js';

provideModule(() => new URL('../snowglobe_wasm_bg.wasm', import.meta.url));

export * from '../index.js';
