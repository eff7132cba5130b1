// Cloudflare Workers and Durable Objects: compiling bytes is forbidden there, so the bundler hands over a compiled module.

import module from '../snowglobe_wasm_bg.wasm';
import { provideModule } from '../wasm.js';

provideModule(() => module);

export * from '../index.js';
