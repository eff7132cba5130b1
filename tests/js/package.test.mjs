// The package as it is put together: what importing it costs, and what bundling must not change.

import assert from 'node:assert/strict';
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

test('classes and functions are called what they are exported as', () => {
  const named = Object.entries(snowglobe).filter(([, value]) => typeof value === 'function');
  assert.ok(named.length > 40, String(named.length));
  for (const [name, value] of named) assert.equal(value.name, name);
});
