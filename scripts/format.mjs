// npm run format: rustfmt and Biome, writing what `npm run lint` would complain of.

import { inRoot } from './lib/paths.mjs';
import { runOpen } from './lib/run.mjs';
import { main } from './lib/terminal.mjs';
import { ensureNpm, nodeTool } from './setup/npm.mjs';

await main(async () => {
  await ensureNpm();
  const rust = await runOpen('cargo', ['fmt']);
  const fuzz = await runOpen('cargo', ['fmt', '--manifest-path', inRoot('fuzz', 'Cargo.toml')]);
  const biome = await runOpen(...nodeTool('@biomejs/biome/bin/biome', 'check', '--write'));
  return rust.code || fuzz.code || biome.code;
});
