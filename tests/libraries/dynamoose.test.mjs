// Dynamoose: makes its table itself, then documents with schemas, queries, conditions, a scan in parallel, a transaction.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import dynamoose from 'dynamoose';
import { bothWays } from './ways.mjs';

bothWays('dynamoose', (client) => {
  let Film;
  before(async () => {
    dynamoose.aws.ddb.set(client());
    const schema = new dynamoose.Schema(
      {
        studio: { type: String, hashKey: true },
        title: { type: String, rangeKey: true },
        year: { type: Number, index: { name: 'byYear', type: 'global', rangeKey: 'title' } },
        cast: { type: Set, schema: [String] },
        rating: { type: Object, schema: { stars: Number, votes: Number } },
        released: Date,
      },
      { timestamps: false },
    );
    Film = dynamoose.model('Film', schema);
    const table = new dynamoose.Table('Films', [Film], { throughput: 'ON_DEMAND', waitForActive: true, initialize: false });
    await table.initialize();
  });

  test('documents are saved, read and not overwritten', async () => {
    const film = {
      studio: 'Pixar',
      title: 'Up',
      year: 2009,
      cast: new Set(['Carl', 'Russell']),
      rating: { stars: 5, votes: 10 },
      released: new Date(1_240_000_000_000),
    };
    await Film.create(film);
    const read = await Film.get({ studio: 'Pixar', title: 'Up' });
    assert.equal(read.year, 2009);
    assert.deepEqual([...read.cast].sort(), ['Carl', 'Russell']);
    assert.deepEqual(read.released, film.released);
    await assert.rejects(Film.create(film), {
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
  });

  test('batches, queries by key and by index, in both orders', async () => {
    const films = Array.from({ length: 30 }, (_, n) => ({
      studio: n % 2 ? 'Ghibli' : 'Pixar',
      title: `Film ${n}`,
      year: 1990 + (n % 5),
    }));
    for (const batch of [films.slice(0, 25), films.slice(25)]) {
      const { unprocessedItems } = await Film.batchPut(batch);
      assert.deepEqual(unprocessedItems, []);
    }
    const ghibli = await Film.query('studio').eq('Ghibli').where('title').beginsWith('Film 1').sort('descending').exec();
    assert.deepEqual(
      ghibli.map(({ title }) => title),
      ['Film 19', 'Film 17', 'Film 15', 'Film 13', 'Film 11', 'Film 1'],
    );
    const year = await Film.query('year').eq(1992).using('byYear').exec();
    assert.equal(year.count, 6);
    const { count } = await Film.query('studio').eq('Pixar').filter('year').between(1990, 1991).count().exec();
    assert.equal(count, 6);
    assert.equal((await Film.batchGet([films[0], films[1]].map(({ studio, title }) => ({ studio, title })))).length, 2);
  });

  test('updates under a condition', async () => {
    const key = { studio: 'Pixar', title: 'Up' };
    const updated = await Film.update(key, { $ADD: { year: 1 }, $SET: { rating: { stars: 4, votes: 11 } } });
    assert.equal(updated.year, 2010);
    const condition = new dynamoose.Condition().where('year').gt(2050);
    await assert.rejects(Film.update(key, { year: 1 }, { condition }), { name: 'ConditionalCheckFailedException' });
    const removed = await Film.update(key, { $REMOVE: ['cast'] });
    assert.equal(removed.cast, undefined);
  });

  test('scans go on behind lastKey, and in parallel', async () => {
    const seen = new Set();
    let lastKey;
    do {
      const scan = Film.scan().limit(7);
      const page = await (lastKey ? scan.startAt(lastKey) : scan).exec();
      for (const { studio, title } of page) seen.add(`${studio}/${title}`);
      lastKey = page.lastKey;
    } while (lastKey);
    assert.equal(seen.size, 31);
    assert.equal((await Film.scan().parallel(4).exec()).count, 31);
  });

  test('a transaction is all or nothing', async () => {
    await assert.rejects(
      dynamoose.transaction([
        Film.transaction.create({ studio: 'New', title: 'One', year: 1 }),
        Film.transaction.create({ studio: 'Pixar', title: 'Up', year: 1 }),
      ]),
      { name: 'TransactionCanceledException' },
    );
    assert.equal(await Film.get({ studio: 'New', title: 'One' }), undefined);
    await dynamoose.transaction([
      Film.transaction.create({ studio: 'New', title: 'One', year: 1 }),
      Film.transaction.delete({ studio: 'Pixar', title: 'Up' }),
    ]);
    assert.equal(await Film.get({ studio: 'Pixar', title: 'Up' }), undefined);
  });
});
