// AWS's Python SDK over HTTP. The set-up names the interpreter in PYTHON and has put boto3 where it finds it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/server.mjs';

const python = process.env.PYTHON ?? 'python3';
const found = spawnSync(python, ['-c', 'import boto3; print(boto3.__version__)'], { encoding: 'utf8' });
const missing =
  found.status === 0 ? false : `${python} has no boto3: run \`npm test\`, which installs it, or \`pip install boto3\``;

for (const [what, program] of [
  ['its client, resource, paginators, waiters and errors', 'items.py'],
  ['what its answers have and lack', 'shapes.py'],
]) {
  test(`boto3: ${what}`, { skip: missing }, async () => {
    const server = await startServer('--memory');
    const script = fileURLToPath(new URL(program, import.meta.url));
    const child = spawn(python, [script, server.endpoint], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const [code] = await once(child, 'close');
    await server.stop();
    assert.equal(code, 0, output);
    assert.match(output, /^Ran [1-9]\d* tests?/m);
  });
}
