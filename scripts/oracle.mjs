// npm run test:oracle [-- ...]: the differential run against DynamoDB Local. Fetches it, builds, and hands over to
// tests/oracle/main.mjs with DYNAMODB_LOCAL naming the folder of DynamoDBLocal.jar; further arguments are passed on.

import { existsSync } from 'node:fs';
import { build, buildKind } from './build.mjs';
import { inRoot } from './lib/paths.mjs';
import { become } from './lib/run.mjs';
import { main, StepFailed } from './lib/terminal.mjs';
import { ensureDynamoDbLocal } from './setup/dynamodb-local.mjs';

const runner = inRoot('tests', 'oracle', 'main.mjs');

await main(async () => {
  if (!existsSync(runner)) throw new StepFailed(`${runner} is missing.`, 'check out the whole repository.');
  const folder = await ensureDynamoDbLocal();
  await build(buildKind({}));
  return become(process.execPath, [runner, ...process.argv.slice(2)], { env: { DYNAMODB_LOCAL: folder } });
});
