// Peers in the same process: the same five operations, each in the way its own documentation shows. One whose package is not
// installed is left out and named.

import { item, workload } from './documents.mjs';

async function betterSqlite3(count) {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(':memory:');
  database.exec('CREATE TABLE orders (pk TEXT, sk TEXT, body TEXT, revision INTEGER, PRIMARY KEY (pk, sk)) WITHOUT ROWID');
  const insert = database.prepare('INSERT OR REPLACE INTO orders VALUES (?, ?, ?, 0)');
  const select = database.prepare('SELECT body FROM orders WHERE pk = ? AND sk = ?');
  const page = database.prepare('SELECT body FROM orders WHERE pk = ? ORDER BY sk LIMIT 20');
  const update = database.prepare(
    "UPDATE orders SET revision = revision + 1, body = json_set(body, '$.active', json('true')) WHERE pk = ? AND sk = ? AND revision >= 0",
  );
  const put = (document) => insert.run(document.pk, document.sk, JSON.stringify(document));
  const putMany = database.transaction((documents) => documents.forEach(put));
  putMany(Array.from({ length: count }, (_, n) => item(n)));
  const next = workload(count);
  return {
    name: 'better-sqlite3 (JSON column)',
    operations: {
      put: () => put(next().item),
      get: () => {
        const { pk, sk } = next().key;
        return JSON.parse(select.get(pk, sk).body);
      },
      'query 20': () => page.all(next().key.pk).map((row) => JSON.parse(row.body)),
      'batch write 25': () => {
        putMany(next.batch());
      },
      update: () => {
        const { pk, sk } = next().key;
        update.run(pk, sk);
      },
    },
    close: () => database.close(),
  };
}

async function pglite(count) {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = new PGlite();
  await database.exec('CREATE TABLE orders (pk text, sk text, body jsonb, revision int, PRIMARY KEY (pk, sk))');
  const put = (document, client = database) =>
    client.query(
      'INSERT INTO orders VALUES ($1, $2, $3, 0) ON CONFLICT (pk, sk) DO UPDATE SET body = excluded.body, revision = 0',
      [document.pk, document.sk, JSON.stringify(document)],
    );
  const putMany = (documents) =>
    database.transaction(async (transaction) => {
      for (const document of documents) await put(document, transaction);
    });
  await putMany(Array.from({ length: count }, (_, n) => item(n)));
  const next = workload(count);
  return {
    name: 'PGlite (jsonb)',
    operations: {
      put: () => put(next().item),
      get: async () => {
        const { pk, sk } = next().key;
        return (await database.query('SELECT body FROM orders WHERE pk = $1 AND sk = $2', [pk, sk])).rows[0].body;
      },
      'query 20': async () =>
        (await database.query('SELECT body FROM orders WHERE pk = $1 ORDER BY sk LIMIT 20', [next().key.pk])).rows,
      'batch write 25': () => {
        return putMany(next.batch());
      },
      update: async () => {
        const { pk, sk } = next().key;
        await database.query(
          "UPDATE orders SET revision = revision + 1, body = jsonb_set(body, '{active}', 'true') WHERE pk = $1 AND sk = $2 AND revision >= 0",
          [pk, sk],
        );
      },
    },
    close: () => database.close(),
  };
}

async function lokijs(count) {
  const { default: Loki } = await import('lokijs');
  const collection = new Loki('bench.db').addCollection('orders', { unique: ['id'], indices: ['pk'], clone: true });
  const id = ({ pk, sk }) => `${pk}\u0000${sk}`;
  const put = (document) => {
    const existing = collection.by('id', id(document));
    if (existing) collection.update({ ...document, id: id(document), $loki: existing.$loki, meta: existing.meta });
    else collection.insert({ ...document, id: id(document) });
  };
  for (let n = 0; n < count; n += 1) put(item(n));
  const next = workload(count);
  return {
    name: 'lokijs (clone: true)',
    operations: {
      put: () => put(next().item),
      get: () => collection.by('id', id(next().key)),
      'query 20': () => collection.chain().find({ pk: next().key.pk }).simplesort('sk').limit(20).data(),
      'batch write 25': () => {
        next.batch().forEach(put);
      },
      update: () => {
        const found = collection.by('id', id(next().key));
        if (found.revision >= 0) collection.update({ ...found, revision: found.revision + 1, active: true });
      },
    },
    close() {},
  };
}

/** Opens every peer that is installed. */
export async function openPeers(count) {
  const peers = [];
  for (const open of [betterSqlite3, pglite, lokijs]) {
    try {
      peers.push(await open(count));
    } catch (error) {
      console.log(`left out: ${open.name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  return peers;
}
