// A database: opened, forked, saved, closed, and everything one reaches it by.

import { Caller, type CallOptions } from './client/caller.js';
import type { DocumentClientOptions } from './client/client-options.js';
import { type ClientConfig, DocumentClient } from './client/document-client.js';
import { methodName, type Operations, operationNames } from './client/operations.js';
import type { Callback, DynamoRequest } from './client/request.js';
import { type Clock, makeClock } from './clock.js';
import { Cluster } from './cluster.js';
import { binaryBytes } from './codec/binary.js';
import { Decoder } from './codec/decoder.js';
import { JsonEncoder } from './codec/json-encoder.js';
import { type Engine, type EngineModule, engineModule } from './engine.js';
import { answerFetch, HttpEndpoint, type SdkRequestHandler, sdkRequestHandler } from './http.js';
import { type Keeper, openKept, restoreKept } from './keeper.js';
import { type OpenOptions, type Settings, settingsOf } from './options.js';
import { Session } from './session.js';
import { Streams } from './streams/streams.js';

/** What an AWS SDK client is made with to talk to a database in the process. */
export interface SdkClientConfig {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: SdkRequestHandler;
  /** Leaves requests unsigned; absent where the database verifies signatures. */
  signer?: { sign<Request>(request: Request): Promise<Request> };
}

// The operations' methods are made from their names below.
/** A DynamoDB region in this process: every operation of the API is a method, in DynamoDB JSON. */
export interface Snowglobe extends Operations {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above.
export class Snowglobe {
  /** The cluster inside: its state, its time. */
  readonly cluster: Cluster;
  /** Functions that are handed tables' changes. */
  readonly streams: Streams;
  private readonly session: Session;
  private readonly endpoint: HttpEndpoint;
  private readonly json: Caller;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly module: EngineModule,
    engine: Engine,
    private readonly settings: Settings,
    clock: Clock,
    private readonly keeper: Keeper | undefined,
  ) {
    // The constructor is private to TypeScript only.
    if (engine === undefined) throw new TypeError('A database is opened with `await Snowglobe.open()`');
    this.session = new Session(engine, module, clock, settings.seed, keeper === undefined ? undefined : () => keeper.touch());
    this.cluster = new Cluster(this.session);
    this.endpoint = new HttpEndpoint(this.session);
    const { window } = this.session;
    this.json = new Caller(this.session, new JsonEncoder(window, this.session), new Decoder(window, 'json'));
    this.streams = new Streams(this.session, this.json);
  }

  /**
   * Opens a database, with what its storage holds.
   *
   * @throws TypeError for options that make no sense
   */
  static async open(options?: OpenOptions): Promise<Snowglobe> {
    const settings = settingsOf(options);
    const module = await engineModule();
    const { engine, keeper } = await openKept(module, settings);
    return new Snowglobe(module, engine, settings, makeClock(settings.clock), keeper);
  }

  /**
   * Opens a database with what a snapshot holds: in memory, or in the storage that the options name, which must not have a database
   * of that name yet.
   *
   * @throws TypeError for options that make no sense; Error for bytes that are not a whole snapshot
   */
  static async restore(bytes: Uint8Array, options?: OpenOptions): Promise<Snowglobe> {
    const given = settingsOf(options);
    const settings: Settings = options?.storage === undefined ? { ...given, storage: 'memory' } : given;
    // Bytes of another realm too, such as those that a test runner's file system gives.
    const snapshot = typeof bytes === 'object' && bytes !== null ? binaryBytes(bytes) : undefined;
    if (snapshot === undefined) throw new TypeError('Snowglobe.restore() takes the bytes that db.snapshot() gave');
    const module = await engineModule();
    const { engine, keeper } = await restoreKept(module, settings, snapshot);
    return new Snowglobe(module, engine, settings, makeClock(settings.clock), keeper);
  }

  /** A document client: native JavaScript values, as in the AWS SDK's. */
  documentClient(options?: DocumentClientOptions): DocumentClient {
    return new DocumentClient(this.session, this.config(), options);
  }

  private config(): ClientConfig {
    const { region } = this.settings;
    return { region: async () => region, requestHandler: this.requestHandler() };
  }

  /** A handler for `new DynamoDBClient({ requestHandler })`: the AWS SDK's version 3, unmodified, without a network. */
  requestHandler(): SdkRequestHandler {
    return sdkRequestHandler(this.endpoint);
  }

  /** All that `new DynamoDBClient(db.clientConfig())` needs. */
  clientConfig(): SdkClientConfig {
    const { region, credentials } = this.settings;
    const base = { region, requestHandler: this.requestHandler() };
    const [first] = Object.entries(credentials ?? {});
    if (first !== undefined) {
      const [accessKeyId, secret] = first;
      const { secretAccessKey, sessionToken } = typeof secret === 'string' ? { secretAccessKey: secret } : secret;
      const token = sessionToken === undefined ? {} : { sessionToken };
      return { ...base, credentials: { accessKeyId, secretAccessKey, ...token } };
    }
    return {
      ...base,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      signer: { sign: async (request) => request },
    };
  }

  /** HTTP exchanges without a server, for servers. */
  httpEndpoint(): HttpEndpoint {
    return this.endpoint;
  }

  /** Answers a web request: `export default { fetch: (request) => db.fetch(request) }`. Takes what the host's `fetch` takes. */
  async fetch(input: Request | string | URL, init?: RequestInit): Promise<Response> {
    const isRequest = init === undefined && typeof input === 'object' && !(input instanceof URL);
    return answerFetch(this.endpoint, isRequest ? input : new Request(input, init));
  }

  /** A database in memory that starts as a copy of this one, at once, and goes its own way. Its clock starts at this one's time. */
  async fork(): Promise<Snowglobe> {
    const engine = this.session.use((original) => original.fork());
    const settings: Settings = { ...this.settings, storage: 'memory' };
    return new Snowglobe(this.module, engine, settings, makeClock(settings.clock, this.session.clock.now()), undefined);
  }

  /** Everything in the database, to be stored anywhere and opened by {@link Snowglobe.restore}. */
  async snapshot(): Promise<Uint8Array> {
    return this.session.use((engine) => engine.snapshot());
  }

  /** Makes everything answered so far durable. */
  async flush(): Promise<void> {
    this.session.check();
    await this.keeper?.save();
  }

  /** Answers what is under way, stores what is to be stored, and lets go of everything. Later calls fail. Closing twice is fine. */
  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private async shut(): Promise<void> {
    this.streams.close();
    await this.session.drain(typeof this.settings.clock !== 'function');
    this.cluster.close();
    if (!this.session.hasFailed) await this.keeper?.close();
    if (!this.session.hasFailed) this.session.engine.free();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Runs an operation by its name, in DynamoDB JSON. The camelCased methods are this with the name filled in. */
  private run(
    name: string,
    input: unknown,
    rest: [(CallOptions | Callback<unknown>)?, Callback<unknown>?],
  ): DynamoRequest<unknown> {
    const options = typeof rest[0] === 'object' ? rest[0] : undefined;
    const callback = typeof rest[0] === 'function' ? rest[0] : rest[1];
    const request = this.json.callWith<unknown>(this.json.operation(name), input, options?.abortSignal);
    return callback === undefined ? request : request.send(callback);
  }

  static {
    for (const name of operationNames) {
      Object.defineProperty(Snowglobe.prototype, methodName(name), {
        value(this: Snowglobe, input: unknown, ...rest: [(CallOptions | Callback<unknown>)?, Callback<unknown>?]) {
          return this.run(name, input, rest);
        },
        writable: true,
        configurable: true,
      });
    }
  }
}
