// The document client: native JavaScript values in and out, with the methods of the AWS SDK's version 3 `DynamoDBDocument` and of its version 2
// `DocumentClient` at once. Every method sends at once and returns a promise with the version 2 request's methods on it.
import { Decoder } from '../codec/decoder.js';
import { DocumentSet } from '../codec/document-set.js';
import { DocumentEncoder } from '../codec/encoder.js';
import { JsonEncoder } from '../codec/json-encoder.js';
import type { MarshallOptions, UnmarshallOptions } from '../codec/options.js';
import type { Session } from '../session.js';
import type * as types from '../types/document.js';
import { Caller, type CallOptions, type Operation } from './caller.js';
import { checkClientOptions, type DocumentClientOptions } from './client-options.js';
import { type CommandLike, parseCommand } from './commands.js';
import { MiddlewareStack } from './middleware.js';
import { type Callback, DynamoRequest, deferred } from './request.js';

/** What a method takes after its input: options, a callback, or both. */
type Rest<Output> =
  | []
  | [callback: Callback<Output> | undefined]
  | [options: CallOptions | undefined, callback?: Callback<Output> | undefined];

/** What is known of the database behind a client. */
export interface ClientConfig {
  readonly region: () => Promise<string>;
  readonly requestHandler: unknown;
  readonly [name: string]: unknown;
}

type Names =
  | 'get'
  | 'put'
  | 'update'
  | 'delete'
  | 'query'
  | 'scan'
  | 'batchGet'
  | 'batchWrite'
  | 'transactGet'
  | 'transactWrite';
type Statements = 'executeStatement' | 'batchExecuteStatement' | 'executeTransaction' | 'searchVectors';

const operationNames: Record<Names | Statements, string> = {
  get: 'GetItem',
  put: 'PutItem',
  update: 'UpdateItem',
  delete: 'DeleteItem',
  query: 'Query',
  scan: 'Scan',
  batchGet: 'BatchGetItem',
  batchWrite: 'BatchWriteItem',
  transactGet: 'TransactGetItems',
  transactWrite: 'TransactWriteItems',
  executeStatement: 'ExecuteStatement',
  batchExecuteStatement: 'BatchExecuteStatement',
  executeTransaction: 'ExecuteTransaction',
  searchVectors: 'SearchVectors',
};

export class DocumentClient {
  /** What the AWS client has under this name and libraries look at. */
  readonly config: ClientConfig & {
    translateConfig: { marshallOptions: MarshallOptions; unmarshallOptions: UnmarshallOptions };
  };
  /** Functions around every call, as `client.middlewareStack.add(...)` of the AWS client takes them. */
  readonly middlewareStack = new MiddlewareStack();
  /** Members of requests that do not have them. */
  private readonly params: Readonly<Record<string, unknown>> | undefined;
  private readonly native: Caller;
  private readonly json: Caller;
  private readonly operations: Record<Names | Statements, Operation>;

  constructor(session: Session, config: ClientConfig, options: DocumentClientOptions = {}) {
    checkClientOptions(options);
    this.params = options.params;
    const marshallOptions = { convertEmptyValues: options.convertEmptyValues === true, ...options.marshallOptions };
    const unmarshallOptions = { wrapNumbers: options.wrapNumbers, ...options.unmarshallOptions };
    this.config = { ...config, translateConfig: { marshallOptions, unmarshallOptions } };
    const { window } = session;
    this.native = new Caller(
      session,
      new DocumentEncoder(window, session, marshallOptions),
      new Decoder(window, 'native', unmarshallOptions),
    );
    this.json = new Caller(session, new JsonEncoder(window, session), new Decoder(window, 'json'));
    const names = Object.entries(operationNames).map(([method, name]) => [method, this.native.operation(name)]);
    this.operations = Object.fromEntries(names) as Record<Names | Statements, Operation>;
    if (options.instanceOf !== undefined) Object.setPrototypeOf(this, prototypeUnder(options.instanceOf.prototype));
  }

  /** Reads an item by its key. `Item` is absent if there is none. */
  get<Item = types.Attributes>(
    input: types.GetInput,
    ...rest: Rest<types.GetOutput<Item>>
  ): DynamoRequest<types.GetOutput<Item>> {
    return this.run(this.operations.get, input, rest);
  }

  /** Writes an item, in place of any with the same key. */
  put<Item = types.Attributes>(
    input: types.PutInput,
    ...rest: Rest<types.PutOutput<Item>>
  ): DynamoRequest<types.PutOutput<Item>> {
    return this.run(this.operations.put, input, rest);
  }

  /** Changes attributes of an item, or makes the item. */
  update<Item = types.Attributes>(
    input: types.UpdateInput,
    ...rest: Rest<types.UpdateOutput<Item>>
  ): DynamoRequest<types.UpdateOutput<Item>> {
    return this.run(this.operations.update, input, rest);
  }

  /** Deletes an item by its key; one that is not there is no error. */
  delete<Item = types.Attributes>(
    input: types.DeleteInput,
    ...rest: Rest<types.DeleteOutput<Item>>
  ): DynamoRequest<types.DeleteOutput<Item>> {
    return this.run(this.operations.delete, input, rest);
  }

  /** Reads items of one partition in the order of their sort key, a page at a time: `LastEvaluatedKey` says that there may be more. */
  query<Item = types.Attributes>(
    input: types.QueryInput,
    ...rest: Rest<types.QueryOutput<Item>>
  ): DynamoRequest<types.QueryOutput<Item>> {
    const made = this.run<types.QueryOutput<Item>>(this.operations.query, input, rest);
    made.nextPage = ({ LastEvaluatedKey: ExclusiveStartKey }) =>
      ExclusiveStartKey && (() => this.query<Item>({ ...input, ExclusiveStartKey }));
    return made;
  }

  /** Reads all items of a table or an index, a page at a time: `LastEvaluatedKey` says that there may be more. */
  scan<Item = types.Attributes>(
    input: types.ScanInput,
    ...rest: Rest<types.ScanOutput<Item>>
  ): DynamoRequest<types.ScanOutput<Item>> {
    const made = this.run<types.ScanOutput<Item>>(this.operations.scan, input, rest);
    made.nextPage = ({ LastEvaluatedKey: ExclusiveStartKey }) =>
      ExclusiveStartKey && (() => this.scan<Item>({ ...input, ExclusiveStartKey }));
    return made;
  }

  /** Reads up to 100 items by their keys. Those that were not read come back in `UnprocessedKeys`. */
  batchGet<Item = types.Attributes>(
    input: types.BatchGetInput,
    ...rest: Rest<types.BatchGetOutput<Item>>
  ): DynamoRequest<types.BatchGetOutput<Item>> {
    const made = this.run<types.BatchGetOutput<Item>>(this.operations.batchGet, input, rest);
    made.nextPage = ({ UnprocessedKeys: left }) =>
      left && Object.keys(left).length > 0 ? () => this.batchGet<Item>({ ...input, RequestItems: left }) : undefined;
    return made;
  }

  /** Puts and deletes up to 25 items, each by itself. Those that were not written come back in `UnprocessedItems`. */
  batchWrite(input: types.BatchWriteInput, ...rest: Rest<types.BatchWriteOutput>): DynamoRequest<types.BatchWriteOutput> {
    return this.run(this.operations.batchWrite, input, rest);
  }

  /** Reads up to 100 items as they are at one moment. */
  transactGet<Item = types.Attributes>(
    input: types.TransactGetInput,
    ...rest: Rest<types.TransactGetOutput<Item>>
  ): DynamoRequest<types.TransactGetOutput<Item>> {
    return this.run(this.operations.transactGet, input, rest);
  }

  /** Makes up to 100 writes, all of them or none. */
  transactWrite(
    input: types.TransactWriteInput,
    ...rest: Rest<types.TransactWriteOutput>
  ): DynamoRequest<types.TransactWriteOutput> {
    return this.run(this.operations.transactWrite, input, rest);
  }

  /** Runs a PartiQL statement. */
  executeStatement<Item = types.Attributes>(
    input: types.ExecuteStatementInput,
    ...rest: Rest<types.ExecuteStatementOutput<Item>>
  ): DynamoRequest<types.ExecuteStatementOutput<Item>> {
    return this.run(this.operations.executeStatement, input, rest);
  }

  /** Runs up to 25 PartiQL statements, each by itself: the answer has an error for those that fail. */
  batchExecuteStatement<Item = types.Attributes>(
    input: types.BatchExecuteStatementInput,
    ...rest: Rest<types.BatchExecuteStatementOutput<Item>>
  ): DynamoRequest<types.BatchExecuteStatementOutput<Item>> {
    return this.run(this.operations.batchExecuteStatement, input, rest);
  }

  /** Runs up to 100 PartiQL statements, all of them or none. */
  executeTransaction<Item = types.Attributes>(
    input: types.ExecuteTransactionInput,
    ...rest: Rest<types.ExecuteTransactionOutput<Item>>
  ): DynamoRequest<types.ExecuteTransactionOutput<Item>> {
    return this.run(this.operations.executeTransaction, input, rest);
  }

  /** Finds the items whose vectors are nearest to one, in a vector index. */
  searchVectors<Item = types.Attributes>(
    input: types.SearchVectorsInput,
    ...rest: Rest<types.SearchVectorsOutput<Item>>
  ): DynamoRequest<types.SearchVectorsOutput<Item>> {
    return this.run(this.operations.searchVectors, input, rest);
  }

  /** A set as the version 2 client makes them; native `Set`s do as well. */
  createSet<Member>(members: Member | Member[], options?: { validate?: boolean }): DocumentSet<Member> {
    return new DocumentSet(Array.isArray(members) ? members : [members], options);
  }

  /** Sends a command of lib-dynamodb (native values) or of client-dynamodb (DynamoDB JSON). */
  // biome-ignore lint/suspicious/noExplicitAny: a command's output type is known to the package that the command is from.
  send<Output = any>(command: CommandLike, ...rest: Rest<Output>): DynamoRequest<Output> {
    try {
      const { operation, native } = parseCommand(command);
      const caller = native ? this.native : this.json;
      return this.run(caller.operation(operation), command.input, rest, caller);
    } catch (error) {
      return withCallback(DynamoRequest.failed<Output>(error), callbackOf(rest));
    }
  }

  /** Does nothing, as the AWS client's: the database is closed by `db.close()`. */
  destroy(): void {}

  private run<Output>(
    operation: Operation,
    given: unknown,
    rest: Rest<Output>,
    caller: Caller = this.native,
  ): DynamoRequest<Output> {
    const input = this.params === undefined ? given : completed(given, this.params);
    if (rest.length === 0 && this.middlewareStack.isEmpty) return caller.call(operation, input);
    const options = typeof rest[0] === 'object' ? rest[0] : undefined;
    if (this.middlewareStack.isEmpty) {
      return withCallback(caller.callWith(operation, input, options?.abortSignal), callbackOf(rest));
    }
    const { request, resolve, reject } = deferred<Output>();
    const last = (changed: unknown): Promise<unknown> => caller.callWith(operation, changed, options?.abortSignal);
    this.middlewareStack.run(`${operation.name}Command`, input, last).then((output) => resolve(output as Output), reject);
    return withCallback(request, callbackOf(rest));
  }
}

/** An input with the members that it has not. */
function completed(input: unknown, params: Readonly<Record<string, unknown>>): unknown {
  const whole: Record<string, unknown> = { ...(input as object) };
  for (const [name, value] of Object.entries(params)) whole[name] ??= value;
  return whole;
}

function callbackOf<Output>(rest: Rest<Output>): Callback<Output> | undefined {
  const last = rest[rest.length - 1];
  return typeof last === 'function' ? (last as Callback<Output>) : undefined;
}

function withCallback<Output>(request: DynamoRequest<Output>, callback: Callback<Output> | undefined): DynamoRequest<Output> {
  return callback === undefined ? request : request.send(callback);
}

const prototypes = new WeakMap<object, object>();

/** The client's methods on top of another class's prototype. */
function prototypeUnder(base: object): object {
  const known = prototypes.get(base);
  if (known !== undefined) return known;
  const made: object = Object.create(base, Object.getOwnPropertyDescriptors(DocumentClient.prototype));
  prototypes.set(base, made);
  return made;
}
