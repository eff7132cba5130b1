// The power fails at every single change that a store is asked for, in three ways. Whatever is left must open as the last complete state or
// the one before it; and a failed save must cost nothing that was there.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { Snowglobe } from 'snowglobe';
import { CrashingStorage, PowerLoss } from '../../support/storage.mjs';

const TableName = 'Thing';
const TABLE = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
// Torn snapshots are told of; here there are thousands of them.
const warnings = mock.method(console, 'warn', () => {});
const ROUNDS = 4;

/** Round by round: some items more, one changed, one gone; then a flush. `reached` hears of each flush that was acknowledged. */
async function live(storage, reached = () => {}) {
  const db = await Snowglobe.open({ storage, seed: 1 });
  await db.createTable(TABLE);
  const doc = db.documentClient();
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (let n = 0; n < 4; n += 1) await doc.put({ TableName, Item: { id: round * 10 + n, round, filler: 'x'.repeat(200) } });
      await doc.put({ TableName, Item: { id: 1, round } });
      await doc.delete({ TableName, Key: { id: (round - 1) * 10 } });
      await db.flush();
      reached(round);
    }
  } finally {
    // After a failed save the close fails too; what matters is what the store holds.
    await db.close().catch((error) => assert.ok(error instanceof PowerLoss, String(error)));
  }
}

/** The state after a round, as a scan gives it. */
function stateOf(round) {
  if (round === 0) return undefined;
  const items = [{ id: 1, round }];
  for (let past = 1; past <= round; past += 1) {
    for (let n = 0; n < 4; n += 1) {
      if (n === 0 && past < round) continue;
      items.push({ id: past * 10 + n, round: past, filler: 'x'.repeat(200) });
    }
  }
  return items.sort((a, b) => a.id - b.id);
}

async function stored(storage) {
  const db = await Snowglobe.open({ storage, seed: 1 });
  try {
    const { TableNames } = await db.listTables({});
    if (TableNames.length === 0) return undefined;
    const { Items } = await db.documentClient().scan({ TableName });
    return Items.sort((a, b) => a.id - b.id);
  } finally {
    await db.close();
  }
}

for (const maxValueBytes of [400, 8 * 1024 * 1024]) {
  for (const tear of ['nothing', 'part', 'all']) {
    test(`power fails at every change, leaving ${tear} of it, with values of ${maxValueBytes} bytes`, async () => {
      const whole = new CrashingStorage({ maxValueBytes });
      await live(whole);
      assert.deepEqual(await stored(whole.recover()), stateOf(ROUNDS));
      assert.ok(whole.changes > ROUNDS, `${whole.changes} changes`);
      for (let failAt = 1; failAt <= whole.changes; failAt += 1) {
        const storage = new CrashingStorage({ maxValueBytes, failAt, tear });
        let acknowledged = 0;
        await live(storage, (round) => {
          acknowledged = round;
        }).catch((error) => assert.ok(error instanceof PowerLoss, String(error)));
        assert.ok(storage.dead, `change ${failAt} was reached`);
        const found = await stored(storage.recover()).catch((error) => {
          // A first snapshot that is torn in half has none before it: the database says so, and does not pass for an empty one.
          assert.match(error.message, /^no snapshot of the database "snowglobe" can be read/);
          assert.deepEqual([tear, acknowledged], ['part', 0]);
          return 'refused';
        });
        if (found === 'refused') continue;
        const allowed = [stateOf(acknowledged), stateOf(acknowledged + 1)];
        assert.ok(
          allowed.some((state) => isDeepStrictEqual(state, found)),
          `change ${failAt}: ${acknowledged} rounds were acknowledged, found ${found?.map(({ id, round }) => `${id}:${round}`)}`,
        );
        // The next life works on what was left, torn pieces included.
        const next = storage.recover();
        const db = await Snowglobe.open({ storage: next, seed: 1 });
        if (found !== undefined) await db.documentClient().put({ TableName, Item: { id: 999 } });
        await db.close();
        const again = await stored(next.recover());
        assert.equal(again?.length, found === undefined ? undefined : found.length + 1, `change ${failAt}: the life after`);
      }
    });
  }
}

test('a store that refuses once loses nothing: the next save has everything', async () => {
  const storage = new CrashingStorage();
  let refusals = 0;
  const put = storage.put.bind(storage);
  storage.put = async (key, value) => {
    if (refusals < 1) {
      refusals += 1;
      throw new Error('disk full');
    }
    return put(key, value);
  };
  const db = await Snowglobe.open({ storage, seed: 1 });
  await db.createTable(TABLE);
  await db.documentClient().put({ TableName, Item: { id: 1 } });
  await assert.rejects(db.flush(), { message: 'disk full' });
  assert.equal((await db.documentClient().scan({ TableName })).Count, 1, 'the database still answers');
  await db.flush();
  assert.deepEqual(await stored(storage.recover()), [{ id: 1 }]);
  await db.close();
});

test('when no snapshot can be read the database does not open as an empty one', async () => {
  const storage = new CrashingStorage({ maxValueBytes: 400 });
  await live(storage);
  const entries = storage.entries;
  for (const [key, value] of entries) {
    const damaged = value.slice();
    damaged[damaged.length >> 1] ^= 1;
    entries.set(key, damaged);
  }
  await assert.rejects(Snowglobe.open({ storage: new CrashingStorage({ entries }) }), /can be read|damaged|corrupt/i);
});

test('a damaged byte anywhere in the newest snapshot: the one before it opens', async () => {
  const storage = new CrashingStorage({ maxValueBytes: 400 });
  const states = [];
  const db = await Snowglobe.open({ storage, seed: 1 });
  await db.createTable(TABLE);
  for (const id of [1, 2]) {
    await db.documentClient().put({ TableName, Item: { id, filler: 'y'.repeat(600) } });
    await db.flush();
    states.push(storage.entries);
  }
  const newest = [...states[1]].filter(([key]) => !states[0].has(key));
  assert.ok(newest.length >= 2, 'a manifest and chunks of its own');
  for (const [key, value] of newest) {
    for (let at = 0; at < value.length; at += 7) {
      const entries = new Map(states[1]);
      const damaged = value.slice();
      damaged[at] ^= 0x10;
      entries.set(key, damaged);
      warnings.mock.resetCalls();
      const found = await stored(new CrashingStorage({ entries, maxValueBytes: 400 }));
      assert.equal(warnings.mock.callCount(), 1);
      assert.match(
        warnings.mock.calls[0].arguments[0],
        /snapshot \d+ of the database "snowglobe" cannot be read .*; the one before/,
      );
      assert.deepEqual(
        found.map(({ id }) => id),
        [1],
        `${key}, byte ${at}`,
      );
    }
  }
  await db.close();
});
