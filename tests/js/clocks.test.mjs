// The three clocks, and what a call waits for. The engine is a fake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support/compiled.mjs';
import { get, open, put, slow } from './support/fake-database.mjs';

const errors = await load('errors.js');
const { virtualEpochMs } = await load('clock.js');

test('with latency on a virtual clock, time moves exactly as far as requests need', async () => {
  const { db, doc, engine } = await open({ clock: 'virtual', ...slow(10) });
  const now = () => db.session.clock.now();
  await Promise.all([put(doc, 'a'), put(doc, 'b')]);
  assert.equal(now() - virtualEpochMs, 10);
  assert.equal((await get(doc, 'a')).Item.pk, 'a');
  assert.equal(now() - virtualEpochMs, 20);
  db.cluster.advance(5);
  assert.equal(now() - virtualEpochMs, 25);
  assert.equal(engine.waiting.length, 0);
  await assert.rejects(doc.get({ TableName: 'none', Key: {} }), errors.ResourceNotFoundException);
});

test('with latency on the real clock, answers come later and in order', async () => {
  const { doc } = await open(slow(5));
  const began = Date.now();
  await put(doc, 'a');
  assert.ok(Date.now() - began >= 4);
  const { db: other, doc: still } = await open({ clock: 'real', ...slow(60_000) });
  assert.throws(() => other.cluster.advance(1), /virtual/);
  const aborted = new AbortController();
  const request = still.get({ TableName: 't', Key: { pk: 'a' } }, { abortSignal: aborted.signal });
  aborted.abort();
  await assert.rejects(request, { name: 'AbortError' });
  await assert.rejects(still.get({ TableName: 't', Key: {} }, { abortSignal: aborted.signal }), { name: 'AbortError' });
  const second = get(still, 'a');
  second.abort();
  await assert.rejects(second, { name: 'AbortError' });
  await other.close();
});

test('a function may be the clock', async () => {
  let time = 1000;
  const { doc } = await open({ clock: () => time, ...slow(50) });
  const request = put(doc, 'a');
  const state = await Promise.race([
    request.then(() => 'done'),
    new Promise((resolve) => setTimeout(() => resolve('waiting'), 20)),
  ]);
  assert.equal(state, 'waiting');
  time += 50;
  await request;
  const { db: stopped, doc: still } = await open({ clock: () => 0, ...slow(50) });
  const never = put(still, 'a');
  const closed = stopped.close();
  await assert.rejects(never, errors.DatabaseClosedError);
  await closed;
});

test('a clock that gives no time, or throws, costs its request and nothing else', async () => {
  let clock = () => 1000;
  const { db, doc, engine } = await open({ clock: () => clock(), ...slow(20) });
  for (const [bad, message] of [
    [() => Number.NaN, /The clock says NaN; it must return epoch milliseconds/],
    [() => 5n, /The clock says 5; it must/],
    [() => undefined, /The clock says undefined/],
    [() => new Date(0), /The clock says Thu Jan 01 1970/],
    [() => -1, /The clock says -1/],
  ]) {
    clock = bad;
    await assert.rejects(put(doc, 'a'), { name: 'TypeError', message });
    assert.throws(() => db.cluster.describe(), { name: 'TypeError', message });
  }
  clock = () => {
    throw new Error('no time');
  };
  await assert.rejects(put(doc, 'a'), { message: 'no time' });
  await assert.rejects(db.fetch(new Request('http://x/', { method: 'POST', body: '{}' })), { message: 'no time' });
  clock = () => 1000;
  const pending = put(doc, 'a');
  clock = () => {
    throw new Error('stopped');
  };
  await assert.rejects(pending, { message: 'stopped' });
  clock = () => 2000;
  engine.latency = 0;
  await put(doc, 'b');
  await db.close();
});
