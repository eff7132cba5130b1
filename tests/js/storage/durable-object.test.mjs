// The adapter for Durable Objects against a store that behaves as theirs: keys are listed with their values, which an object has no room
// for all at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DurableObjectStorage } from 'snowglobe';

/** A store in memory that notes the sizes of its lists. */
function objectStorage() {
  const kept = new Map();
  const listed = [];
  return {
    kept,
    listed,
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    delete: async (key) => kept.delete(key),
    list: async ({ prefix, startAfter = '', limit = Number.POSITIVE_INFINITY }) => {
      const found = [...kept]
        .filter(([key]) => key.startsWith(prefix) && key > startAfter)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const page = found.slice(0, limit);
      listed.push(page.length);
      return new Map(page);
    },
  };
}

for (const count of [0, 1, 63, 64, 65, 128, 300]) {
  test(`lists ${count} keys a few at a time`, async () => {
    const objects = objectStorage();
    const storage = new DurableObjectStorage(objects);
    const keys = Array.from({ length: count }, (_, n) => `a/${String(n).padStart(4, '0')}`);
    for (const key of [...keys, 'b/0']) await storage.put(key, new Uint8Array([1]));
    assert.deepEqual(await storage.list('a/'), keys);
    assert.ok(Math.max(...objects.listed) <= 64, String(objects.listed));
  });
}
