// What most applications ask of a database in their first second: the functions that run here are the module's hot ones. A request more
// costs every process the time to validate what it needs; one less, the applications that send it a few milliseconds, once.
//
// `node workload.mjs MODULE INDEX`: runs an instrumented module under the package's index.js and prints the functions that ran, as JSON.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { functionsThatRan } from './instrument.mjs';

const [modulePath, indexPath] = process.argv.slice(2);
/** Chance decides in which order things are kept and which replica leads; what only some seeds need, every application may need. */
const SEEDS = 32;
/** How many of the databases grow: those take a quarter of a second each. */
const GROWN = 2;
const Orders = 'Orders';

const definition = {
  TableName: Orders,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

const withIndex = {
  ...definition,
  TableName: 'Indexed',
  AttributeDefinitions: [...definition.AttributeDefinitions, { AttributeName: 'status', AttributeType: 'S' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byStatus',
      KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

const order = (sk) => ({
  pk: 'customer-1',
  sk,
  status: 'open',
  amount: 12.5,
  paid: false,
  note: null,
  positions: [{ sku: 'a', quantity: 2 }],
  address: { city: 'Zürich', zip: '8001' },
  tags: new Set(['new', 'gift']),
  picture: new Uint8Array([1, 2, 3]),
});

/** Expressions as they are common: a condition, an update of each kind, a filter, a projection, names and values. */
async function useItems(doc, TableName) {
  const Key = { pk: 'customer-1', sk: 1 };
  await doc.put({ TableName, Item: order(1) });
  await doc.put({ TableName, Item: order(2), ConditionExpression: 'attribute_not_exists(pk)', ReturnValues: 'ALL_OLD' });
  await doc.get({ TableName, Key, ConsistentRead: true });
  await doc.get({ TableName, Key, ProjectionExpression: 'pk, positions[0].sku', ReturnConsumedCapacity: 'TOTAL' });
  await doc.update({
    TableName,
    Key,
    UpdateExpression:
      'SET #s = :paid, visits = if_not_exists(visits, :zero) + :one, address.zip = :zip REMOVE note ADD seen :one',
    ConditionExpression: 'attribute_exists(pk) AND (amount BETWEEN :zero AND :many OR NOT begins_with(#s, :paid))',
    ExpressionAttributeNames: { '#s': 'status' },
    ExpressionAttributeValues: { ':paid': 'paid', ':zero': 0, ':one': 1, ':many': 100, ':zip': '8002' },
    ReturnValues: 'ALL_NEW',
  });
  await doc.query({
    TableName,
    KeyConditionExpression: 'pk = :pk AND sk > :zero',
    FilterExpression: 'amount >= :zero AND contains(tags, :tag) AND #s IN (:paid, :tag)',
    ExpressionAttributeNames: { '#s': 'status' },
    ExpressionAttributeValues: { ':pk': Key.pk, ':zero': 0, ':tag': 'gift', ':paid': 'paid' },
    ScanIndexForward: false,
    Limit: 1,
  });
  await doc.scan({ TableName, Limit: 1, ExclusiveStartKey: Key });
  await doc.batchWrite({
    RequestItems: { [TableName]: [{ PutRequest: { Item: order(3) } }, { DeleteRequest: { Key: { ...Key, sk: 9 } } }] },
  });
  await doc.batchGet({ RequestItems: { [TableName]: { Keys: [Key, { ...Key, sk: 3 }] } } });
  await doc.delete({ TableName, Key: { ...Key, sk: 2 }, ReturnValues: 'ALL_OLD' });
}

/** Enough items that nodes of the tree fill, part and join, and time enough that what is periodic comes round. */
async function grow(db, doc) {
  const items = Array.from({ length: 1_000 }, (_, n) => ({ ...order(n), pk: `customer-${n % 7}`, note: 'x'.repeat(n % 200) }));
  for (const Item of items) await doc.put({ TableName: Orders, Item });
  for (const { pk } of items.slice(0, 7)) {
    const page = { TableName: Orders, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
    await doc.query({ ...page, Limit: 20 });
    await doc.query({ ...page, ScanIndexForward: false });
  }
  await db.cluster.advance(60_000);
  for (const { pk, sk } of items) await doc.delete({ TableName: Orders, Key: { pk, sk } });
}

async function useTransactions(doc) {
  const of = (sk) => ({ TableName: Orders, Key: { pk: 'customer-2', sk } });
  await doc.transactWrite({
    TransactItems: [
      { Put: { TableName: Orders, Item: { pk: 'customer-2', sk: 1 } } },
      {
        Update: { ...of(2), UpdateExpression: 'SET amount = :one', ExpressionAttributeValues: { ':one': 1 } },
      },
      { Delete: of(3) },
      { ConditionCheck: { ...of(4), ConditionExpression: 'attribute_not_exists(pk)' } },
    ],
  });
  await doc.transactGet({ TransactItems: [{ Get: of(1) }, { Get: of(2) }] });
}

/** The failures that an application handles. */
async function fail(db, doc) {
  const refused = [
    () => doc.put({ TableName: Orders, Item: order(1), ConditionExpression: 'attribute_not_exists(pk)' }),
    () => doc.get({ TableName: 'Missing', Key: { pk: 'a', sk: 1 } }),
    () => doc.put({ TableName: Orders, Item: { pk: 'customer-1' } }),
    () => db.createTable(definition),
  ];
  for (const call of refused) {
    const succeeded = await call().then(
      () => true,
      () => false,
    );
    if (succeeded) throw new Error(`${call} was expected to be refused`);
  }
}

/** The same by the AWS SDK, whose requests come as JSON. */
async function useJson(db) {
  const send = async (operation, body) => {
    const { ok, status } = await db.fetch('http://localhost/', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(body),
    });
    if (!ok) throw new Error(`${operation} was answered with ${status}`);
  };
  const Item = {
    pk: { S: 'customer-3' },
    sk: { N: '1' },
    positions: { L: [{ M: { sku: { S: 'a' } } }] },
    paid: { BOOL: true },
  };
  await send('PutItem', { TableName: Orders, Item });
  await send('GetItem', { TableName: Orders, Key: { pk: Item.pk, sk: Item.sk } });
}

const instances = [];
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, given) {
    const instance = Reflect.construct(target, given);
    instances.push(instance);
    return instance;
  },
});

const { provideModule, Snowglobe } = await import(pathToFileURL(indexPath));
provideModule(() => readFileSync(modulePath));

async function run(seed) {
  // Without the hour of the day in it, a build comes out the same each time.
  const db = await Snowglobe.open({ storage: 'memory', seed, clock: 'virtual' });
  const doc = db.documentClient();
  await db.createTable(definition);
  await useItems(doc, Orders);
  await useTransactions(doc);
  await fail(db, doc);
  await useJson(db);
  if (seed <= GROWN) await grow(db, doc);
  await db.createTable(withIndex);
  await useItems(doc, 'Indexed');
  await db.describeTable({ TableName: 'Indexed' });
  await doc.query({
    TableName: 'Indexed',
    IndexName: 'byStatus',
    KeyConditionExpression: '#s = :s',
    ExpressionAttributeNames: { '#s': 'status' },
    ExpressionAttributeValues: { ':s': 'open' },
  });
  await db.listTables({});
  await db.deleteTable({ TableName: 'Indexed' });
  await db.close();
}

for (let seed = 1; seed <= SEEDS; seed += 1) await run(seed);
console.log(JSON.stringify(instances.flatMap(({ exports }) => functionsThatRan(exports))));
