// Databases on a fake engine, and the two calls that most of their tests make.
import { load } from './compiled.mjs';
import { fakeModule } from './fake-engine.mjs';

export const { Snowglobe } = await load('snowglobe.js');
const { installEngine } = await load('engine.js');

const module = fakeModule();
installEngine(() => module);

/** A database in memory, the fake engine in it, and a document client of it. */
export async function open(options) {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1, ...options });
  return { db, engine: module.engines.at(-1), doc: db.documentClient() };
}

/** Options for a network on which every message takes `ms` milliseconds. */
export const slow = (ms) => ({ cluster: { network: { latencyMs: [ms, ms] } } });

export const put = (doc, pk, more = {}) => doc.put({ TableName: 't', Item: { pk, ...more } });
export const get = (doc, pk) => doc.get({ TableName: 't', Key: { pk } });
