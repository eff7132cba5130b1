// npm run test:oracle [-- ...]: the differential run against DynamoDB Local. Fetches it, builds, and hands over to
// tests/oracle/run.mjs, which takes further arguments (--seed N, --requests N).

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, buildKind } from './build.mjs';
import { inRoot, pkg } from './lib/paths.mjs';
import { become } from './lib/run.mjs';
import { main, StepFailed } from './lib/terminal.mjs';
import { ensureDynamoDbLocal } from './setup/dynamodb-local.mjs';

const runner = inRoot('tests', 'oracle', 'run.mjs');

await main(async () => {
  if (!existsSync(runner)) throw new StepFailed(`${runner} is missing.`, 'check out the whole repository.');
  const folder = await ensureDynamoDbLocal();
  await build(buildKind({}));
  const cli = join(pkg, 'dist', 'cli.js');
  return become(process.execPath, [runner, '--oracle', folder, '--cli', cli, ...process.argv.slice(2)]);
});
