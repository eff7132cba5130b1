// Over HTTP with the AWS SDK: the same client, the same keep-alive agent, a process an endpoint, one after another. The stub answers
// canned bodies, so its row is what the SDK, the sockets and two processes that wake each other cost by themselves.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { documentOperations, load, TABLE_DEFINITION } from './snowglobe-subject.mjs';

const STUB = 'stub (canned bodies)';
const stubServer = fileURLToPath(new URL('stub-server.mjs', import.meta.url));

/** Starts a command and waits until it answers on its port. */
async function openProcess(name, command, args, port, options = {}) {
  const child = spawn(command, args, { stdio: 'ignore', ...options });
  let failed;
  child.on('error', (error) => {
    failed = error;
  });
  child.on('exit', (code) => {
    failed ??= new Error(`exited with ${code}`);
  });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (failed) throw failed;
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return { name, endpoint, close: () => child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill();
  throw new Error('did not answer within 30 seconds');
}

async function openDynalite() {
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0 });
  await new Promise((resolve, reject) => server.listen(0, (error) => (error ? reject(error) : resolve())));
  return { name: 'dynalite', endpoint: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/**
 * @param {{cli: string, dynamodbLocal?: string}} where the built package's command; DynamoDB Local's folder, if it is installed
 * @param {number} count items preloaded
 */
export async function openHttpSubjects(where, count) {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { DynamoDBDocument } = await import('@aws-sdk/lib-dynamodb');
  const openers = [
    () => openProcess(STUB, process.execPath, [stubServer, '18440'], 18440),
    () => openProcess('snowglobe serve', process.execPath, [where.cli, 'serve', '--port', '18441', '--memory'], 18441),
    openDynalite,
  ];
  if (where.dynamodbLocal) {
    openers.push(() =>
      openProcess(
        'DynamoDB Local',
        'java',
        ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', '18442'],
        18442,
        { cwd: where.dynamodbLocal },
      ),
    );
  }
  const subjects = [];
  for (const open of openers) {
    try {
      const server = await open();
      const client = new DynamoDBClient({
        endpoint: server.endpoint,
        region: 'local-1',
        credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
      });
      const doc = DynamoDBDocument.from(client);
      if (server.name !== STUB) {
        await client.send(new (await import('@aws-sdk/client-dynamodb')).CreateTableCommand(TABLE_DEFINITION));
        await load(doc, count);
      }
      subjects.push({
        name: server.name,
        operations: documentOperations(doc, count),
        close: async () => {
          client.destroy();
          await server.close();
        },
      });
    } catch (error) {
      console.log(`left out: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  return subjects;
}
