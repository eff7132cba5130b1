// Paginators with the AWS SDK's shape: `for await (const page of paginateQuery({ client: doc }, input))`.
import type * as api from '../types/api.js';
import type {
  Attributes,
  BatchGetInput,
  BatchGetOutput,
  QueryInput,
  QueryOutput,
  ScanInput,
  ScanOutput,
  WithMetadata,
} from '../types/document.js';

/** Where and how to page. */
// biome-ignore lint/suspicious/noExplicitAny: a configuration that is written apart from its call fits all of them.
export interface PaginationConfiguration<Client, Input = any> {
  /** Whom to ask: a document client, or for tables the database. */
  client: Client;
  /** Used as `Limit` where the input has none. */
  pageSize?: number;
  /** Where to start: a page's last key. */
  startingToken?: unknown;
  /** Stop when a page ends where the one before it ended, instead of asking for ever. */
  stopOnSameToken?: boolean;
  /** Sees, changes or replaces each page's command, of which there is only the input here. */
  withCommand?: (command: PageCommand<Input>) => PageCommand<Input> | undefined;
}

/** What a page is asked for with. */
export interface PageCommand<Input> {
  input: Input;
}

async function* paginate<Input extends object, Output>(
  ask: (input: Input) => PromiseLike<Output>,
  config: PaginationConfiguration<unknown, Input>,
  input: Input,
  tokens: { input: keyof Input; output: keyof Output },
): AsyncGenerator<Output, undefined> {
  const limited: Input = config.pageSize === undefined ? input : { Limit: config.pageSize, ...input };
  let token: unknown = config.startingToken ?? input[tokens.input];
  for (;;) {
    const command: PageCommand<Input> = { input: { ...limited, [tokens.input]: token } };
    const page = await ask((config.withCommand?.(command) ?? command).input);
    yield page;
    const next: unknown = page[tokens.output];
    if (!next || (config.stopOnSameToken === true && next === token)) return undefined;
    token = next;
  }
}

interface Queries {
  query<Item>(input: QueryInput): PromiseLike<QueryOutput<Item>>;
}
interface Scans {
  scan<Item>(input: ScanInput): PromiseLike<ScanOutput<Item>>;
}
interface ListsTables {
  listTables(input: api.ListTablesInput): PromiseLike<api.ListTablesOutput & WithMetadata>;
}

/** The pages of a query. */
export function paginateQuery<Item = Attributes>(
  config: PaginationConfiguration<Queries, QueryInput>,
  input: QueryInput,
): AsyncGenerator<QueryOutput<Item>, undefined> {
  const ask = (page: QueryInput): PromiseLike<QueryOutput<Item>> => config.client.query<Item>(page);
  return paginate(ask, config, input, { input: 'ExclusiveStartKey', output: 'LastEvaluatedKey' });
}

/** The pages of a scan. */
export function paginateScan<Item = Attributes>(
  config: PaginationConfiguration<Scans, ScanInput>,
  input: ScanInput,
): AsyncGenerator<ScanOutput<Item>, undefined> {
  const ask = (page: ScanInput): PromiseLike<ScanOutput<Item>> => config.client.scan<Item>(page);
  return paginate(ask, config, input, { input: 'ExclusiveStartKey', output: 'LastEvaluatedKey' });
}

interface BatchGets {
  batchGet<Item>(input: BatchGetInput): PromiseLike<BatchGetOutput<Item>>;
}

/** The answers to a batch and to what each of them has left unprocessed. */
export async function* paginatedBatchGet<Item = Attributes>(
  config: { client: BatchGets },
  input: BatchGetInput,
): AsyncGenerator<BatchGetOutput<Item>, undefined> {
  let left: BatchGetInput['RequestItems'] = input.RequestItems;
  while (left !== undefined && Object.keys(left).length > 0) {
    const answer: BatchGetOutput<Item> = await config.client.batchGet<Item>({ ...input, RequestItems: left });
    left = answer.UnprocessedKeys;
    yield answer;
  }
  return undefined;
}

/** The pages of a list of tables; `client` is the database. */
export function paginateListTables(
  config: PaginationConfiguration<ListsTables, api.ListTablesInput>,
  input: api.ListTablesInput = {},
): AsyncGenerator<api.ListTablesOutput & WithMetadata, undefined> {
  const ask = (page: api.ListTablesInput): PromiseLike<api.ListTablesOutput & WithMetadata> => config.client.listTables(page);
  return paginate(ask, config, input, { input: 'ExclusiveStartTableName', output: 'LastEvaluatedTableName' });
}
