// npm run bench [-- ...]: builds, fetches the databases to measure beside, and hands over to bench/run.mjs. What is not to be had
// on this machine is left out of the table and named there; DYNAMODB_LOCAL and CHROMIUM say where the others are.

import { build, buildKind } from './build.mjs';
import { inRoot } from './lib/paths.mjs';
import { become } from './lib/run.mjs';
import { main, StepFailed, say } from './lib/terminal.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureDynamoDbLocal } from './setup/dynamodb-local.mjs';
import { ensurePeers } from './setup/npm.mjs';

async function ifPossible(prepare) {
  try {
    return await prepare();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(`  left out: ${error.message.split('\n')[0]} ${error.hint ?? ''}`);
    return undefined;
  }
}

await main(async () => {
  await build(buildKind({}));
  await ifPossible(ensurePeers);
  const env = {
    ...(await ifPossible(ensureBrowser)),
    DYNAMODB_LOCAL: await ifPossible(ensureDynamoDbLocal),
  };
  return become(process.execPath, ['--expose-gc', inRoot('bench', 'run.mjs'), ...process.argv.slice(2)], { env });
});
