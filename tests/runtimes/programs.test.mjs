// The packed package in the runtimes that run programs: Node, Bun and Deno.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packedProject } from '../support/packed.mjs';
import { EXPECTED } from './smoke.mjs';

const run = promisify(execFile);
const binary = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, import.meta.url));

describe('the packed package', () => {
  let packed;
  before(async () => {
    packed = await packedProject();
    const program = (body) => `import * as snowglobe from 'snowglobe';\nimport { life, smoke } from './smoke.mjs';\n${body}\n`;
    const show = (value) => `console.log('RESULT ' + JSON.stringify(await ${value}));`;
    await writeFile(join(packed.project, 'run.mjs'), program(show('smoke(snowglobe)')));
    await writeFile(
      join(packed.project, 'life.mjs'),
      program(show("life(snowglobe, { directory: './data-' + (globalThis.Deno ? 'deno' : globalThis.Bun ? 'bun' : 'node') })")),
    );
    const folder = "{ directory: './held-' + (globalThis.Deno ? 'deno' : globalThis.Bun ? 'bun' : 'node') }";
    await writeFile(
      join(packed.project, 'hold.mjs'),
      program(`await snowglobe.Snowglobe.open({ storage: ${folder} });
        console.log('RESULT "held"');
        setInterval(() => {}, 1000);`),
    );
    await writeFile(
      join(packed.project, 'try.mjs'),
      program(show(`snowglobe.Snowglobe.open({ storage: ${folder} }).then((db) => db.close(), (error) => error.message)`)),
    );
    await writeFile(
      join(packed.project, 'kv.mjs'),
      program(
        `const kv = await Deno.openKv('./kv.sqlite');\n${show('life(snowglobe, new snowglobe.DenoKvStorage(kv))')}\nkv.close();`,
      ),
    );
  });
  after(() => packed.remove());

  function environment() {
    const env = { ...process.env, DENO_DIR: join(packed.project, '.deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
    delete env.NODE_OPTIONS;
    return env;
  }

  /** The result that a program printed; null for nothing. */
  async function result(command, ...args) {
    const { stdout } = await run(command, args, { cwd: packed.project, env: environment(), timeout: 120_000 });
    const line = stdout.split('\n').find((text) => text.startsWith('RESULT '));
    assert.ok(line, stdout);
    const text = line.slice('RESULT '.length);
    return text === 'undefined' ? null : JSON.parse(text);
  }

  test('has its files and no others', async () => {
    for (const path of [
      'dist/entries/node.js',
      'dist/entries/deno.js',
      'dist/entries/workerd.js',
      'dist/entries/browser.js',
      'dist/cli.js',
      'dist/snowglobe_wasm_bg.wasm',
      'dist/snowglobe_wasm_primary.wasm',
      'dist/snowglobe_wasm_secondary.wasm',
      'dist/index.d.ts',
      'console/index.html',
      'package.json',
      'DIFFERENCES.md',
    ]) {
      assert.ok(existsSync(join(packed.installed, path)), path);
    }
    for (const path of ['src', 'target', 'node_modules', 'tsconfig.json'])
      assert.ok(!existsSync(join(packed.installed, path)), path);
  });

  const deno = [binary('deno'), 'run', '--no-prompt', '--node-modules-dir=manual'];
  const programs = {
    Node: { all: [process.execPath], stored: [process.execPath] },
    Bun: { all: [binary('bun'), 'run'], stored: [binary('bun'), 'run'] },
    // Deno asks for nothing to run the engine, and for the folder to keep it there.
    Deno: { all: deno, stored: [...deno, '--allow-read=.', '--allow-write=.', '--allow-env', '--allow-sys'] },
  };
  for (const [name, { all, stored }] of Object.entries(programs)) {
    test(`${name}: the whole program`, async () => {
      assert.deepEqual(await result(...all, 'run.mjs'), EXPECTED);
    });

    test(`${name}: a folder survives the process`, async () => {
      assert.deepEqual(await result(...stored, 'life.mjs'), { count: 0, first: 30 });
      assert.deepEqual(await result(...stored, 'life.mjs'), { count: 30, first: 30 });
    });
  }

  for (const [name, { stored }] of Object.entries(programs)) {
    test(`${name}: a folder has one owner, until that is killed`, { timeout: 60_000 }, async (t) => {
      const [command, ...args] = stored;
      // In a group of its own: Deno comes with a program that starts it.
      const owner = spawn(command, [...args, 'hold.mjs'], {
        cwd: packed.project,
        env: environment(),
        stdio: ['ignore', 'pipe', 'inherit'],
        detached: true,
      });
      const ended = once(owner, 'close');
      const kill = () => owner.exitCode === null && owner.signalCode === null && process.kill(-owner.pid, 'SIGKILL');
      t.after(kill);
      const [line] = await once(createInterface({ input: owner.stdout }), 'line');
      assert.equal(line, 'RESULT "held"');
      assert.match(await result(...stored, 'try.mjs'), /^the database folder .* is in use by process \d+/);
      kill();
      await ended;
      assert.equal(await result(...stored, 'try.mjs'), null);
    });
  }

  test('Deno: its key-value store survives the process', async () => {
    const command = [...deno, '--unstable-kv', '--allow-read=.', '--allow-write=.', 'kv.mjs'];
    assert.deepEqual(await result(...command), { count: 0, first: 30 });
    assert.deepEqual(await result(...command), { count: 30, first: 30 });
  });

  test('the command answers from the installed package', async () => {
    const { stdout } = await run(join(packed.project, 'node_modules', '.bin', 'snowglobe'), ['--version'], {
      cwd: packed.project,
    });
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
