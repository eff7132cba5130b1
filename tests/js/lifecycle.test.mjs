// Lives of a database: forked, restored, closed, failed. The engine is a fake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support/compiled.mjs';
import { get, open, put, Snowglobe, slow } from './support/fake-database.mjs';

const errors = await load('errors.js');

test('a fork and a restored snapshot go their own way', async () => {
  const { db, doc } = await open({ clock: 'virtual' });
  await put(doc, 'a');
  db.cluster.advance(1234);
  const fork = await db.fork();
  assert.equal(fork.session.clock.now(), db.session.clock.now());
  const bytes = await db.snapshot();
  await put(doc, 'b');
  assert.equal((await get(fork.documentClient(), 'a')).Item.pk, 'a');
  assert.equal((await get(fork.documentClient(), 'b')).Item, undefined);
  const again = await Snowglobe.restore(bytes, { seed: 2 });
  assert.equal((await get(again.documentClient(), 'a')).Item.pk, 'a');
  await assert.rejects(Snowglobe.restore(Uint8Array.of(1)), /not a snapshot/);
  for (const bytes of [undefined, null, 5, 'text', [1, 2]]) {
    await assert.rejects(Snowglobe.restore(bytes), { name: 'TypeError', message: /takes the bytes that db.snapshot\(\) gave/ });
  }
  const own = await Snowglobe.restore(bytes.slice().buffer);
  assert.equal((await get(own.documentClient(), 'a')).Item.pk, 'a');
});

test('a closed database refuses calls and has answered those before', async () => {
  const { db, doc, engine } = await open({ clock: 'virtual', ...slow(10) });
  const pending = put(doc, 'a');
  const closing = db.close();
  await assert.rejects(get(doc, 'a'), errors.DatabaseClosedError);
  await closing;
  await pending;
  assert.equal(engine.freed, true);
  await db.close();
  await assert.rejects(db.listTables(), { name: 'DatabaseClosedError' });
  await assert.rejects(db.fork(), errors.DatabaseClosedError);
  await assert.rejects(db.fetch(new Request('http://x/', { method: 'POST', body: '{}' })), errors.DatabaseClosedError);
});

test('after a trap the engine is never called again, and its other users are told', async () => {
  const { db, doc, engine } = await open(slow(60_000));
  const waiting = put(doc, 'a');
  engine.latency = 0;
  await assert.rejects(doc.get({ TableName: 'trap', Key: {} }), errors.EngineFailedError);
  await assert.rejects(waiting, errors.EngineFailedError);
  const calls = engine.log.length;
  await assert.rejects(get(doc, 'a'), /has failed and refuses/);
  await assert.rejects(db.snapshot(), errors.EngineFailedError);
  assert.equal(engine.log.length, calls);
  await db.close();
  assert.equal(engine.freed, false);
});
