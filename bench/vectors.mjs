// Exact searches of a vector index: how long one takes with many vectors, beside the least that JavaScript itself takes for the scores.

import { summary } from './rounds.mjs';

const TableName = 'Vectors';

/** Vectors that look random and are the same each time, as one run of floats. */
function vectors(count, dimensions) {
  const all = new Float32Array(count * dimensions);
  let state = 1;
  for (let at = 0; at < all.length; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    all[at] = state / 2 ** 31 - 1;
  }
  return all;
}

/** A table with an index of `count` vectors. */
async function load(Snowglobe, all, dimensions) {
  const db = await Snowglobe.open({ storage: 'memory' });
  await db.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    VectorIndexes: [
      {
        IndexName: 'near',
        VectorAttribute: { AttributeName: 'v' },
        Dimensions: dimensions,
        DistanceFunction: 'COSINE',
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  const doc = db.documentClient();
  const began = performance.now();
  const count = all.length / dimensions;
  for (let id = 0; id < count; id += 1) {
    await doc.put({ TableName, Item: { id, v: [...all.subarray(id * dimensions, (id + 1) * dimensions)] } });
  }
  return { db, doc, putMicroseconds: ((performance.now() - began) * 1000) / count };
}

/** Every score in plain JavaScript, nothing kept but the best: no index, no copies, no answer. */
function floor(all, dimensions, target) {
  let best = Number.POSITIVE_INFINITY;
  for (let start = 0; start < all.length; start += dimensions) {
    let [product, square] = [0, 0];
    for (let at = 0; at < dimensions; at += 1) {
      const value = all[start + at];
      product += value * target[at];
      square += value * value;
    }
    best = Math.min(best, 1 - product / Math.sqrt(square));
  }
  return best;
}

/** Milliseconds of a search: `{ search, floor, putMicroseconds }`, each of the first two a median and a best. */
export async function measureVectors(Snowglobe, { count, dimensions, rounds }) {
  const all = vectors(count, dimensions);
  const { db, doc, putMicroseconds } = await load(Snowglobe, all, dimensions);
  const target = [...all.subarray(dimensions, 2 * dimensions)].map((value) => Math.fround(value + 0.01));
  const input = { TableName, IndexName: 'near', SearchVector: target, TopK: 10 };
  const times = { search: [], floor: [] };
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const { SearchResults } = await doc.searchVectors(input);
    const searched = performance.now();
    floor(all, dimensions, target);
    times.search.push(searched - began);
    times.floor.push(performance.now() - searched);
    if (SearchResults[0].Item.id !== 1) throw new Error('the search found something else');
  }
  await db.close();
  return { search: summary(times.search), floor: summary(times.floor), putMicroseconds };
}
