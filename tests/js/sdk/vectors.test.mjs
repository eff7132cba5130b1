// Vector indexes: definitions, writes and searches through the AWS SDK, the package's own client and plain methods. The ranking is held
// against every distance computed in doubles.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as low from '@aws-sdk/client-dynamodb';
import * as lib from '@aws-sdk/lib-dynamodb';
import { Snowglobe } from 'snowglobe';
import { attribute } from '../../support/definitions.mjs';
import { everyWay, withSdk } from '../../support/region.mjs';

const searched = (AttributeName, SearchSchemaElementType) => ({ AttributeName, SearchSchemaElementType });
const DIMENSIONS = 13;

const definition = (IndexName, DistanceFunction, rest = {}) => ({
  IndexName,
  VectorAttribute: { AttributeName: 'embedding' },
  Dimensions: DIMENSIONS,
  DistanceFunction,
  Projection: { ProjectionType: 'ALL' },
  ...rest,
});
const TABLE = {
  AttributeDefinitions: [attribute('id'), attribute('tenant'), attribute('colour')],
  VectorIndexes: [
    definition('cosine', 'COSINE'),
    definition('euclidean', 'EUCLIDEAN', { Projection: { ProjectionType: 'KEYS_ONLY' } }),
    definition('dot', 'DOT_PRODUCT', {
      SearchSchema: [searched('tenant', 'HASH'), searched('colour', 'INLINE_FILTER')],
    }),
  ],
};

/** Numbers that look random and are the same each time. */
function* numbers(state = 1) {
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield Math.fround(state / 2 ** 31 - 1);
  }
}
const drawn = numbers();
const vector = () => Array.from({ length: DIMENSIONS }, () => drawn.next().value);

const items = Array.from({ length: 200 }, (_, n) => ({
  id: `item-${n}`,
  tenant: n % 3 === 0 ? 'a' : 'b',
  colour: n % 2 === 0 ? 'red' : 'blue',
  embedding: vector(),
}));
const sum = (values) => values.reduce((total, value) => total + value, 0);
const dot = (a, b) => sum(a.map((value, at) => value * b[at]));
const distances = {
  cosine: (a, b) => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)),
  euclidean: (a, b) => Math.hypot(...a.map((value, at) => value - b[at])),
  dot: (a, b) => -dot(a, b),
};

/** Every item ranked in doubles. */
function ranked(index, target, among = items) {
  const scored = among.map((item) => [item.id, distances[index](target, item.embedding)]);
  return scored.sort((a, b) => a[1] - b[1]).map(([id, distance]) => [id, index === 'dot' ? -distance : distance]);
}

function checkResults(results, expected) {
  assert.deepEqual(
    results.map((result) => result.Item.id),
    expected.map(([id]) => id),
  );
  for (const [at, { Score }] of results.entries()) {
    assert.equal(Score, Math.fround(Score), 'a score is a float of 32 bits');
    assert.ok(Math.abs(Score - expected[at][1]) < 1e-6, `${Score} is not ${expected[at][1]}`);
  }
}

withSdk('vector indexes', (region) => {
  let TableName;
  before(async () => {
    TableName = await region.table(TABLE);
    for (let from = 0; from < items.length; from += 25) {
      const requests = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
      await region.documents.batchWrite({ RequestItems: { [TableName]: requests } });
    }
  });
  const search = (IndexName, SearchVector, rest = {}) =>
    region.documents.send(new lib.SearchVectorsCommand({ TableName, IndexName, SearchVector, TopK: 10, ...rest }));

  test('a description shows what was defined', async () => {
    const { Table } = await region.dynamo.describeTable({ TableName });
    const [cosine, , product] = Table.VectorIndexes;
    assert.deepEqual(product.SearchSchema, TABLE.VectorIndexes[2].SearchSchema);
    assert.equal(cosine.IndexStatus, 'ACTIVE');
    assert.equal(cosine.ItemCount, items.length);
    assert.equal(cosine.IndexArn, `${Table.TableArn}/index/cosine`);
  });

  test('searches rank as doubles do', async () => {
    for (const index of ['cosine', 'euclidean']) {
      for (let n = 0; n < 5; n += 1) {
        const target = vector();
        const { SearchResults } = await search(index, target, { TopK: 100 });
        checkResults(SearchResults, ranked(index, target).slice(0, 100));
      }
    }
  });

  test('a partition key and a filter', async () => {
    const target = vector();
    const rest = {
      SearchConditionExpression: '#t = :t AND colour = :c',
      ExpressionAttributeNames: { '#t': 'tenant' },
      ExpressionAttributeValues: { ':t': 'a', ':c': 'red' },
    };
    const { SearchResults } = await search('dot', target, rest);
    const among = items.filter((item) => item.tenant === 'a' && item.colour === 'red');
    checkResults(SearchResults, ranked('dot', target, among).slice(0, 10));
    await assert.rejects(search('dot', target), {
      name: 'ValidationException',
      message: 'SearchConditionExpression must be provided when SearchSchema has a HASH key',
    });
  });

  test('vectors come back only when they are projected', async () => {
    const [item] = items;
    const all = await search('cosine', item.embedding, { TopK: 1 });
    assert.deepEqual(all.SearchResults, [{ Item: { id: item.id, tenant: 'a', colour: 'red' }, Score: 0 }]);
    const keys = await search('euclidean', item.embedding, { TopK: 1 });
    assert.deepEqual(keys.SearchResults, [{ Item: { id: item.id }, Score: 0 }]);
    const projected = await search('cosine', item.embedding, { TopK: 1, ProjectionExpression: 'id, embedding' });
    const [{ Item }] = projected.SearchResults;
    assert.deepEqual(Item.embedding.map(Math.fround), item.embedding);
  });

  test('the client of DynamoDB JSON', async () => {
    const SearchVector = items[3].embedding.map((N) => ({ N: String(N) }));
    const input = { TableName, IndexName: 'cosine', SearchVector, TopK: 2, ReturnConsumedCapacity: 'INDEXES' };
    const { SearchResults, ConsumedCapacity } = await region.dynamo.send(new low.SearchVectorsCommand(input));
    assert.deepEqual(SearchResults[0].Item.id, { S: 'item-3' });
    assert.deepEqual(Object.keys(ConsumedCapacity), ['VectorSearchRequestBytes']);
  });

  test('a write reports the bytes of its entries', async () => {
    const key = { TableName, Item: { ...items[0], id: 'new' } };
    const { ConsumedCapacity } = await region.documents.put({ ...key, ReturnConsumedCapacity: 'INDEXES' });
    const arm = { VectorWriteRequestBytes: 1024 };
    assert.deepEqual(ConsumedCapacity.VectorIndexes, { cosine: arm, euclidean: arm, dot: arm });
    assert.equal(ConsumedCapacity.CapacityUnits, 1);
    const again = await region.documents.put({ ...key, ReturnConsumedCapacity: 'INDEXES' });
    assert.equal(again.ConsumedCapacity.VectorIndexes, undefined);
    const gone = await region.documents.delete({ TableName, Key: { id: 'new' }, ReturnConsumedCapacity: 'TOTAL' });
    assert.equal(gone.ConsumedCapacity.VectorIndexes, undefined);
  });
});

everyWay('searches by plain calls', (region) => {
  test('one request, one answer', async () => {
    const TableName = await region.table({
      VectorIndexes: [{ ...definition('near', 'DOT_PRODUCT'), Dimensions: 2 }],
    });
    const embedding = { L: [{ N: '0.5' }, { N: '-2' }] };
    await region.call('PutItem', { TableName, Item: { id: { S: 'a' }, embedding } });
    const input = { TableName, IndexName: 'near', SearchVector: [{ N: '1' }, { N: '1' }], TopK: 1 };
    const { SearchResults } = await region.call('SearchVectors', input);
    assert.deepEqual(SearchResults, [{ Item: { id: { S: 'a' } }, Score: -1.5 }]);
    const { TableName: _, ...nameless } = input;
    const column = JSON.stringify(nameless).length;
    await assert.rejects(region.call('SearchVectors', nameless), {
      name: 'ValidationException',
      message: `missing field \`TableName\` at line 1 column ${column}`,
    });
  });
});

test('the document client takes vectors as arrays of numbers', async (t) => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 7 });
  t.after(() => db.close());
  const TableName = 'Vector';
  await db.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    ...TABLE,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  const doc = db.documentClient();
  await doc.put({ TableName, Item: items[0] });
  await doc.put({ TableName, Item: items[1] });
  const input = { TableName, IndexName: 'cosine', SearchVector: items[1].embedding, TopK: 1 };
  const expected = [{ Item: { id: 'item-1', tenant: 'b', colour: 'blue' }, Score: 0 }];
  assert.deepEqual((await doc.searchVectors(input)).SearchResults, expected);
  assert.deepEqual((await doc.searchVectors(input).promise()).SearchResults, expected);
  assert.deepEqual((await doc.send(new lib.SearchVectorsCommand(input))).SearchResults, expected);
  const typed = { ...input, SearchVector: Float32Array.from(items[1].embedding) };
  await assert.rejects(async () => doc.searchVectors(typed), Error, 'a typed array is binary, as everywhere');
});
