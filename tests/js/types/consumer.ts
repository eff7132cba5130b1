// What an application of the package writes, with no other package's types at hand. Checked by `consumers.test.mjs` under the settings
// that applications have; never run.
import {
  type Attributes,
  type ClusterDescription,
  type ClusterEventHandler,
  ConditionalCheckFailedException,
  type DocumentClient,
  DynamoDBServiceException,
  NumberValue,
  type OpenOptions,
  paginatedBatchGet,
  paginateListTables,
  paginateQuery,
  paginateScan,
  Snowglobe,
  type StorageAdapter,
  type StorageOperation,
  type StreamEvent,
  TransactionCanceledException,
} from 'snowglobe';

interface Movie {
  year: number;
  title: string;
  tags?: Set<string>;
}

const TableName = 'Movie';
const Key = { year: 2013, title: 'Rush' };

class OwnStorage implements StorageAdapter {
  private readonly kept = new Map<string, Uint8Array>();

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.kept.get(key);
  }
  async put(key: string, value: Uint8Array): Promise<void> {
    this.kept.set(key, value);
  }
  async delete(key: string): Promise<void> {
    this.kept.delete(key);
  }
  async list(prefix: string): Promise<string[]> {
    return [...this.kept.keys()].filter((key) => key.startsWith(prefix)).sort();
  }
  async batch(operations: readonly StorageOperation[]): Promise<void> {
    for (const { key, value } of operations) await (value === undefined ? this.delete(key) : this.put(key, value));
  }
}

export const options: OpenOptions = {
  name: 'shop',
  storage: new OwnStorage(),
  durability: 'strict',
  region: 'local-1',
  seed: 42,
  clock: () => 5,
  credentials: { A: 'b', C: { secretAccessKey: 'x', principal: 'arn:aws:iam::123456789012:root' } },
  cluster: {
    zones: 3,
    network: { latencyMs: [0, 0], loss: 0, reorder: 0 },
    throttling: false,
    transientStates: false,
    thresholds: {},
  },
};

export async function typedItems(doc: DocumentClient): Promise<void> {
  const { Item } = await doc.get<Movie>({ TableName, Key });
  const title: string | undefined = Item?.title;
  // @ts-expect-error a typed item's members have their types
  const wrong: number | undefined = Item?.title;
  // @ts-expect-error and there are no others
  console.log(title, wrong, Item?.nope);
  const { Items = [] } = await doc.query<Movie>({ TableName, ExpressionAttributeValues: { ':y': NumberValue.from('1') } });
  for (const movie of Items) console.log(movie.tags?.has('x'));
  const { Attributes: updated } = await doc.update<Movie>({ TableName, Key, ReturnValues: 'ALL_NEW' });
  const { Responses } = await doc.batchGet<Movie>({ RequestItems: { [TableName]: { Keys: [Key] } } });
  const read = await doc.transactGet<Movie>({ TransactItems: [{ Get: { TableName, Key } }] });
  const selected = await doc.executeStatement<Movie>({ Statement: 'SELECT * FROM Movie', Parameters: [1, 'a', null] });
  const near = await doc.searchVectors<Movie>({ TableName, IndexName: 'near', SearchVector: [1, 2], TopK: 5 });
  const movies = [updated, Responses?.[TableName]?.[0], read.Responses?.[0]?.Item, selected.Items?.[0]];
  console.log([...movies, near.SearchResults?.[0]?.Item].map((movie) => movie?.title.length));
  const untyped: Attributes | undefined = (await doc.get({ TableName, Key })).Item;
  console.log(untyped?.['any'].thing);
}

export async function version2(doc: DocumentClient): Promise<void> {
  const { Item, $response } = await doc.get<Movie>({ TableName, Key }).promise();
  console.log(Item?.title.length, $response.requestId, $response.hasNextPage());
  doc.get<Movie>({ TableName, Key }, (error, data) => console.log(error?.message, data?.Item?.title));
  doc.scan<Movie>({ TableName }).eachPage((_error, page, done) => {
    console.log(page?.Items?.[0]?.title);
    done?.();
  });
  console.log(doc.createSet([1, 2]).values);
}

export async function pages(db: Snowglobe, doc: DocumentClient): Promise<void> {
  for await (const page of paginateQuery<Movie>({ client: doc, pageSize: 10 }, { TableName }))
    console.log(page.Items?.[0]?.title);
  for await (const page of paginateScan<Movie>({ client: doc }, { TableName })) console.log(page.Items?.[0]?.title);
  const batch = { RequestItems: { [TableName]: { Keys: [Key] } } };
  for await (const page of paginatedBatchGet<Movie>({ client: doc }, batch))
    console.log(page.Responses?.[TableName]?.[0]?.title);
  for await (const page of paginateListTables({ client: db })) console.log(page.TableNames?.join());
}

export async function failures(doc: DocumentClient, item: Movie): Promise<void> {
  try {
    await doc.put({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(title)' });
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) console.log(error.Item?.['title']?.S);
    if (error instanceof TransactionCanceledException) console.log(error.CancellationReasons?.[0]?.Code);
    if (error instanceof DynamoDBServiceException) console.log(error.$metadata.httpStatusCode, error.$fault, error.code);
  }
}

export async function database(): Promise<void> {
  const db = await Snowglobe.open(options);
  const description: ClusterDescription = db.cluster.describe();
  console.log(description.partitions[0]?.replicas[0]?.applied, db.cluster.trace()[0]?.event);
  db.cluster.on('staleRead', ({ table, applied, committed }) => console.log(committed - applied, table));
  db.cluster.on('throttled', ({ table, index, reason }) => console.log(reason.length, index ?? table));
  const told: ClusterEventHandler = ({ event, at, reason }) => console.log(event, at, reason?.length);
  for (const name of ['logGap', 'throttled'] as const) db.cluster.on(name, told);
  db.cluster.setNetwork({ latencyMs: [1, 2] });
  const handler = async ({ Records }: StreamEvent): Promise<void> => console.log(Records[0]?.dynamodb.NewImage);
  await db.streams.subscribe(TableName, handler, { batchSize: 5, filters: [{ eventName: ['INSERT'] }] }).drained();
  const bytes: Uint8Array = await (await db.fork()).snapshot();
  await (await Snowglobe.restore(bytes, { storage: { directory: './copy' }, clock: 'virtual' })).flush();
  const response: Response = await db.fetch(new Request('http://any.host/'));
  const { signal } = new AbortController();
  await db.listTables(undefined, { abortSignal: signal });
  console.log(response.status);
  await db.close();
}
