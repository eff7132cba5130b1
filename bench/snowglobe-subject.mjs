// Snowglobe through its document client, each call awaited as an application awaits it; three live replicas.

import { item, workload } from './documents.mjs';

export const TABLE = 'Orders';

export const TABLE_DEFINITION = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

/** The operations over any v3-style document client. */
export function documentOperations(doc, count) {
  const next = workload(count);
  return {
    put: () => doc.put({ TableName: TABLE, Item: next().item }),
    get: () => doc.get({ TableName: TABLE, Key: next().key }),
    'query 20': () =>
      doc.query({
        TableName: TABLE,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': next().key.pk },
        Limit: 20,
      }),
    'batch write 25': () =>
      doc.batchWrite({ RequestItems: { [TABLE]: next.batch().map((Item) => ({ PutRequest: { Item } })) } }),
    'transaction 10': () =>
      doc.transactWrite({
        TransactItems: next
          .batch()
          .slice(0, 10)
          .map((Item) => ({ Put: { TableName: TABLE, Item } })),
      }),
    update: () =>
      doc.update({
        TableName: TABLE,
        Key: next().key,
        UpdateExpression: 'SET revision = revision + :one, active = :yes',
        ConditionExpression: 'attribute_exists(pk) AND revision >= :zero',
        ExpressionAttributeValues: { ':one': 1, ':yes': true, ':zero': 0 },
      }),
  };
}

/** Loads `count` items, a batch at a time. */
export async function load(doc, count) {
  for (let first = 0; first < count; first += 25) {
    const requests = [];
    for (let n = first; n < Math.min(first + 25, count); n += 1) requests.push({ PutRequest: { Item: item(n) } });
    await doc.batchWrite({ RequestItems: { [TABLE]: requests } });
  }
}

export async function snowglobeSubject(Snowglobe, count, name = 'snowglobe') {
  const db = await Snowglobe.open({ storage: 'memory' });
  await db.createTable(TABLE_DEFINITION);
  const doc = db.documentClient();
  await load(doc, count);
  return { name, operations: documentOperations(doc, count), close: () => db.close(), db };
}
