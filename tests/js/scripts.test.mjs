// The checkout's commands when something is wrong with how they are called or with the machine: a sentence, and how to go on.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = (name) => fileURLToPath(new URL(`../../scripts/${name}.mjs`, import.meta.url));
const run = (name, args, env) => {
  const { status, stderr } = spawnSync(process.execPath, [script(name), ...args], { encoding: 'utf8', env, timeout: 60_000 });
  return { status, stderr };
};

test('options that there are not', () => {
  for (const name of ['build', 'start', 'test']) {
    const { status, stderr } = run(name, ['--nothing'], process.env);
    assert.equal(status, 1, name);
    assert.match(stderr, /^\nUnknown option '--nothing'.*\nHow to go on: CONTRIBUTING\.md lists the commands/);
  }
});

test('a suite and a level that there are not', () => {
  assert.match(
    run('test', ['nothing'], process.env).stderr,
    /There is no suite nothing\.\nHow to go on: choose from rust, browser/,
  );
  assert.match(run('build', ['--wasm-opt=x'], process.env).stderr, /--wasm-opt=x is not a level\.\nHow to go on: use O0/);
});

test('a machine without Rust', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'snowglobe-scripts-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await symlink(process.execPath, join(folder, 'node'));
  const env = { PATH: folder, HOME: folder, SNOWGLOBE_CACHE: join(folder, 'cache'), WASM_TARGET_RUSTUP: '0' };
  const { status, stderr } = run('toolchain', [], env);
  assert.equal(status, 1, stderr);
  // What is missed first depends on the machine: the target, or cargo for the tool that comes after it.
  assert.match(stderr, /\nHow to go on: .*(Rust|rustup)/);
  assert.doesNotMatch(stderr, /^ +at /m, 'no stack');
});
