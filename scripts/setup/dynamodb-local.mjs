// DynamoDB Local, which we are compared with and measured beside: the jar that the npm package amplify-dynamodb-simulator carries.
// Only that package's own archive is fetched (57 MB, kept in the cache); its dependencies are none of our business.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../lib/paths.mjs';
import { ask, run } from '../lib/run.mjs';
import { unlessDone } from '../lib/stamp.mjs';
import { StepFailed } from '../lib/terminal.mjs';
import { npmCommand } from './npm.mjs';

const PACKAGE = { name: 'amplify-dynamodb-simulator', version: '2.9.30' };
const INTEGRITY = 'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==';

/** The folder with DynamoDBLocal.jar and DynamoDBLocal_lib; Java is checked for as well. */
export async function ensureDynamoDbLocal() {
  if (ask('java', ['-version']) === undefined) {
    throw new StepFailed(
      'DynamoDB Local needs Java 17 or later.',
      'install a Java runtime (on Debian: apt-get install default-jre-headless).',
    );
  }
  const home = join(cache, `dynamodb-local-${PACKAGE.version}`);
  const folder = join(home, 'package', 'emulator');
  const outputs = [join(folder, 'DynamoDBLocal.jar')];
  await unlessDone({ name: 'dynamodb-local', print: INTEGRITY, outputs, stamp: join(home, '.stamp') }, async () => {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    const hint = 'check the network, then run the same command again.';
    await run('DynamoDB Local: fetch (57 MB)', ...npmCommand('pack', `${PACKAGE.name}@${PACKAGE.version}`), {
      cwd: home,
      hint,
    });
    const archive = `${PACKAGE.name}-${PACKAGE.version}.tgz`;
    const digest = `sha512-${createHash('sha512')
      .update(readFileSync(join(home, archive)))
      .digest('base64')}`;
    if (digest !== INTEGRITY) throw new StepFailed(`DynamoDB Local: ${archive} is not the archive we know (${digest}).`, hint);
    await run('DynamoDB Local: unpack', 'tar', ['-xzf', archive], { cwd: home });
    rmSync(join(home, archive));
    if (!outputs.every(existsSync)) throw new StepFailed('DynamoDB Local: its archive holds no jar.');
  });
  return folder;
}
