// One program for every host: it gets the package as that host imports it, and gives what it saw as plain data. It uses nothing of the host.

const TableName = 'Movie';
const TABLE = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'year', AttributeType: 'N' },
    { AttributeName: 'title', AttributeType: 'S' },
    { AttributeName: 'genre', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'year', KeyType: 'HASH' },
    { AttributeName: 'title', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    { IndexName: 'by-genre', KeySchema: [{ AttributeName: 'genre', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
  ],
};

/** Everything that needs no storage. */
export async function smoke({ Snowglobe }) {
  const db = await Snowglobe.open({
    storage: 'memory',
    seed: 42,
    clock: 'virtual',
    cluster: { network: { latencyMs: [1, 20] } },
  });
  const doc = db.documentClient();
  await db.createTable(TABLE);
  const Item = {
    year: 2013,
    title: 'Rush – é日🌨',
    genre: 'sport',
    rating: 8.1,
    tags: new Set(['f1']),
    bytes: new Uint8Array([0, 255]),
    n: { deep: [1, null, true] },
  };
  await doc.put({ TableName, Item });
  for (let n = 0; n < 50; n += 1) await doc.put({ TableName, Item: { year: 2000, title: `t${n}`, genre: `g${n % 2}` } });
  const { Item: got } = await doc.get({ TableName, Key: { year: 2013, title: Item.title }, ConsistentRead: true });
  await db.cluster.advance(60_000);
  const byGenre = await doc.query({
    TableName,
    IndexName: 'by-genre',
    KeyConditionExpression: 'genre = :g',
    ExpressionAttributeValues: { ':g': 'g1' },
  });
  const refused = await doc.put({ TableName, Item, ConditionExpression: 'attribute_not_exists(genre)' }).then(
    () => 'written',
    (error) => `${error.name}: ${error.message}`,
  );
  const copy = await db.fork();
  await copy.documentClient().delete({ TableName, Key: { year: 2013, title: Item.title } });
  const again = await Snowglobe.restore(await db.snapshot(), { seed: 42 });
  const fetched = await db.fetch(
    new Request('http://127.0.0.1/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      body: '{}',
    }),
  );
  const { partitions } = db.cluster.describe();
  const seen = {
    text: got.title,
    tags: [...got.tags],
    bytes: [...got.bytes],
    nested: got.n,
    byGenre: byGenre.Count,
    refused,
    counts: [
      (await db.scan({ TableName })).Count,
      (await copy.scan({ TableName })).Count,
      (await again.scan({ TableName })).Count,
    ],
    status: fetched.status,
    tables: (await fetched.json()).TableNames,
    replicas: partitions.map(({ replicas }) => replicas.length),
  };
  await Promise.all([db, copy, again].map((one) => one.close()));
  return seen;
}

/** What {@link smoke} sees, on every host. */
export const EXPECTED = {
  text: 'Rush – é日🌨',
  tags: ['f1'],
  bytes: [0, 255],
  nested: { deep: [1, null, true] },
  byGenre: 25,
  refused: 'ConditionalCheckFailedException: The conditional request failed',
  counts: [51, 50, 51],
  status: 200,
  tables: ['Movie'],
  replicas: [3, 3],
};

/** One life of a database in a store: counts how many it has had, and how many items it has. */
export async function life({ Snowglobe }, storage) {
  const db = await Snowglobe.open({ name: 'lives', storage });
  const doc = db.documentClient();
  if ((await db.listTables({})).TableNames.length === 0) await db.createTable(TABLE);
  const count = (await db.scan({ TableName, Select: 'COUNT' })).Count;
  for (let n = 0; n < 30; n += 1)
    await doc.put({ TableName, Item: { year: count, title: `t${n}`, genre: 'g', text: 'x'.repeat(5_000) } });
  const { Count } = await doc.query({
    TableName,
    KeyConditionExpression: '#y = :y',
    ExpressionAttributeNames: { '#y': 'year' },
    ExpressionAttributeValues: { ':y': 0 },
  });
  await db.close();
  return { count, first: Count };
}
