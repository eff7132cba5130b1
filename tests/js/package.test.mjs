// The package as it is put together: what importing it costs, and what bundling must not change.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as snowglobe from 'snowglobe';
import { packageRoot } from '../support/package.mjs';

test('an entry and the index are all that an import reads', () => {
  const scripts = readdirSync(join(packageRoot, 'dist'), { recursive: true }).filter((name) => name.endsWith('.js'));
  const entries = ['browser', 'deno', 'node', 'workerd'].map((host) => join('entries', `${host}.js`));
  assert.deepEqual(scripts.sort(), ['cli.js', ...entries, 'index.js']);
});

test('a database in memory needs neither streams of Node nor what is built on them', () => {
  const program = `
    const before = new Set(process.moduleLoadList);
    const { Snowglobe } = await import('snowglobe');
    await Snowglobe.open({ storage: 'memory' });
    console.log(JSON.stringify(process.moduleLoadList.filter((name) => !before.has(name))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  const loaded = JSON.parse(stdout);
  assert.deepEqual(
    loaded.filter((name) => /^NativeModule (stream|internal\/fs\/streams|net|http|zlib|crypto)$/.test(name)),
    [],
  );
});

test('classes and functions are called what they are exported as', () => {
  const named = Object.entries(snowglobe).filter(([, value]) => typeof value === 'function');
  assert.ok(named.length > 40, String(named.length));
  for (const [name, value] of named) assert.equal(value.name, name);
});
