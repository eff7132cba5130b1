// npm run serve -- ...: `snowglobe serve ...` from the checkout, built first when its sources changed.

import { join } from 'node:path';
import { build, buildKind } from './build.mjs';
import { pkg } from './lib/paths.mjs';
import { become } from './lib/run.mjs';
import { main } from './lib/terminal.mjs';

await main(async () => {
  const given = process.argv.slice(2);
  await build(buildKind({ dev: given.includes('--dev') }));
  const passed = given.filter((argument) => argument !== '--dev');
  return become(process.execPath, [join(pkg, 'dist', 'cli.js'), 'serve', ...passed], { cwd: process.cwd() });
});
