// Cloudflare Workers and Durable Objects: compiling bytes is forbidden there, so the bundler hands over a compiled module.

import { provideModule } from '../index.js';
import module from '../snowglobe_wasm_bg.wasm';

provideModule(() => module);

export * from '../index.js';
