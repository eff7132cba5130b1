// npm start [-- --port N] [-- --data DIR]: set up what is missing, build, and serve the endpoint with the console and a table of
// movies. The line `listening on ...` is passed on once the table is loaded.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, buildKind, buildOptions } from './build.mjs';
import { pkg } from './lib/paths.mjs';
import { become } from './lib/run.mjs';
import { main, say, step } from './lib/terminal.mjs';
import { loadSample } from './sample/load.mjs';

const LISTENING = /^listening on (\S+)/m;

await main(async () => {
  const { values } = parseArgs({
    options: { ...buildOptions, port: { type: 'string', default: '8000' }, data: { type: 'string' } },
  });
  await build(buildKind(values));
  const place = values.data ? ['--data', values.data] : ['--memory'];
  const cli = [join(pkg, 'dist', 'cli.js'), 'serve', '--port', values.port, ...place];
  return become(process.execPath, cli, {
    cwd: process.cwd(),
    intercept: LISTENING,
    async onIntercept([line, endpoint]) {
      const count = await step('sample: load the movies', () => loadSample(endpoint));
      if (count === 0) say('  (the table Movie is there already)');
      console.log(line);
      say(`Open ${endpoint} in a browser for the console, or point an AWS SDK at it. Ctrl-C stops it.`);
    },
  });
});
