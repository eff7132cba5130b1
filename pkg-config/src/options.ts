// The options of a database: their types, their defaults, and a clear word on what is wrong with them.
import type { ClockOption } from './clock.js';
import { isStorageAdapter, type StorageAdapter } from './storage-adapter.js';

/** The simulated network between the actors of the cluster. Without options messages take no time and none are lost. */
export interface NetworkOptions {
  /** Shortest and longest time that a message takes between replicas, in milliseconds. */
  latencyMs?: [min: number, max: number];
  /** Share of messages that are lost, 0 to 1. */
  loss?: number;
  /** Share of messages that overtake others, 0 to 1. */
  reorder?: number;
}

/** How the simulated cluster behaves. */
export interface ClusterOptions {
  /** Availability zones with a replica of each partition: there are three. */
  zones?: number;
  /** What the network between actors does to messages; `cluster.setNetwork()` changes it later. */
  network?: NetworkOptions;
  /** Refuse what exceeds the capacity of a table, an index or a partition, as AWS does. */
  throttling?: boolean;
  /** Show CREATING, UPDATING... for a while before ACTIVE. */
  transientStates?: boolean;
  /** For partitions that split, which they do not do yet: must be empty. */
  thresholds?: Record<string, number>;
}

/** What goes with an access key id: the secret access key, and a session token as the AWS SDK's credentials have it. */
export interface KeySecret {
  secretAccessKey: string;
  sessionToken?: string;
  /**
   * Whom the key belongs to, as tables' resource policies name it: `arn:aws:iam::123456789012:user/alice`. By default the root of the
   * database's account. Somebody of another account may do what a policy allows and nothing else.
   */
  principal?: string;
}

/** Secrets by access key id. */
export type Credentials = Record<string, string | KeySecret>;

/** Where a database is kept: in IndexedDB, in memory, in a folder of the file system, or in a {@link StorageAdapter}. */
export type StorageOption = 'auto' | 'memory' | 'indexeddb' | { directory: string } | StorageAdapter;

/** What {@link Snowglobe.open} takes; all of it may be left out. */
export interface OpenOptions {
  /** The database's name within the storage. */
  name?: string;
  /** Where the data lives; `'auto'`, the default, is IndexedDB in browsers and memory elsewhere. */
  storage?: StorageOption;
  /**
   * `'strict'`: a write shall be answered once the store has it; `'relaxed'`: within a bounded time after. Without a write-ahead log
   * both are the same for now: the store has what `flush()` or `close()` has waited for, and everything else soon after.
   */
  durability?: 'strict' | 'relaxed';
  /** The region that ARNs name: `'local-1'` unless said otherwise. Requests over HTTP name their own. */
  region?: string;
  /** The account that the database belongs to, twelve digits: ARNs name it. By default each request's own: its access key where that is twelve digits, else zeros. */
  account?: string;
  /** Every generated id, hash and random choice follows from it. */
  seed?: number;
  /** The time by which things happen; `'real'` unless said otherwise. */
  clock?: ClockOption;
  /** Access keys: given some, requests must be signed by one of them. */
  credentials?: Credentials;
  /** How the simulated cluster behaves. */
  cluster?: ClusterOptions;
}

/** Options with nothing left open. */
export interface Settings {
  readonly name: string;
  readonly storage: StorageOption;
  readonly durability: 'strict' | 'relaxed';
  readonly region: string;
  readonly account: string | undefined;
  readonly seed: number;
  readonly clock: ClockOption;
  readonly credentials: Credentials | undefined;
  readonly cluster: ClusterOptions;
}

const known = ['name', 'storage', 'durability', 'region', 'account', 'seed', 'clock', 'credentials', 'cluster'];
const knownCluster = ['zones', 'network', 'throttling', 'transientStates', 'thresholds'];

/**
 * Checks options and fills in what is not said.
 *
 * @throws TypeError that names the option, says what it is and what it could be
 */
export function settingsOf(options: OpenOptions = {}): Settings {
  expect(isRecord(options), 'options', options, 'an object');
  refuseUnknown('option', options, known);
  const { name = 'snowglobe', durability = 'strict', region = 'local-1', clock = 'real', cluster = {} } = options;
  expect(typeof name === 'string' && name !== '', 'name', name, 'a text that is not empty');
  expect(durability === 'strict' || durability === 'relaxed', 'durability', durability, "'strict' or 'relaxed'");
  expect(typeof region === 'string' && /^[a-z0-9-]{1,64}$/.test(region), 'region', region, 'a name such as us-east-1');
  const { account } = options;
  const isAccount = account === undefined || (typeof account === 'string' && /^\d{12}$/.test(account));
  expect(isAccount, 'account', account, 'a text of twelve digits');
  const seed = options.seed ?? randomSeed();
  expect(Number.isSafeInteger(seed) && seed >= 0, 'seed', seed, 'an integer from 0 to 2^53 - 1');
  const isClock = clock === 'real' || clock === 'virtual' || typeof clock === 'function';
  expect(isClock, 'clock', clock, "'real', 'virtual', or a function that returns epoch milliseconds");
  checkCluster(cluster);
  return {
    name,
    storage: storageOf(options.storage),
    durability,
    region,
    account,
    seed,
    clock,
    credentials: credentialsOf(options.credentials),
    cluster,
  };
}

/** What the engine is told: everything but the clock and the storage, which are the host's. */
export function engineOptions(settings: Settings): object {
  const { name, region, account, seed, credentials, cluster } = settings;
  return { name, region, account, seed, credentials: credentials && secrets(credentials), cluster };
}

/** Each secret in its long form. */
function secrets(credentials: Credentials): Credentials {
  const entries = Object.entries(credentials);
  return Object.fromEntries(
    entries.map(([id, secret]) => [id, typeof secret === 'string' ? { secretAccessKey: secret } : secret]),
  );
}

function storageOf(storage: StorageOption = 'auto'): StorageOption {
  const isName = storage === 'auto' || storage === 'memory' || storage === 'indexeddb';
  const isStore = isName || isFolder(storage) || isStorageAdapter(storage);
  expect(
    isStore,
    'storage',
    storage,
    "'auto', 'memory', 'indexeddb', { directory }, or an object with get, put, delete, list and batch",
  );
  return storage;
}

function isFolder(storage: unknown): boolean {
  if (!isRecord(storage) || Object.keys(storage).join() !== 'directory') return false;
  return typeof storage['directory'] === 'string' && storage['directory'] !== '';
}

function credentialsOf(credentials: Credentials | undefined): Credentials | undefined {
  if (credentials === undefined) return undefined;
  const wanted = 'a map from access key id to secret access key, such as { AKIAEXAMPLE: secret }';
  expect(isRecord(credentials), 'credentials', '(hidden)', wanted);
  const ids = Object.keys(credentials);
  // The AWS SDK's credentials are of another shape, which would pass for two keys of these names.
  expect(ids.length > 0 && !ids.includes('secretAccessKey'), 'credentials', '(hidden)', wanted);
  for (const secret of Object.values(credentials)) checkSecret(secret);
  return credentials;
}

function checkSecret(secret: string | KeySecret): void {
  const key: Partial<KeySecret> = typeof secret === 'string' ? { secretAccessKey: secret } : secret;
  expect(isRecord(key), 'a secret in credentials', '(hidden)', 'a text or an object');
  const { secretAccessKey, sessionToken, principal, ...others } = key;
  refuseUnknown("member of a key's secret", others, ['secretAccessKey', 'sessionToken', 'principal']);
  const isText = typeof secretAccessKey === 'string' && secretAccessKey !== '';
  expect(isText, 'credentials.secretAccessKey', '(hidden)', 'a text that is not empty');
  const isToken = sessionToken === undefined || (typeof sessionToken === 'string' && sessionToken !== '');
  expect(isToken, 'credentials.sessionToken', '(hidden)', 'a text that is not empty');
  const isArn =
    principal === undefined || (typeof principal === 'string' && /^arn:[\w-]+:(?:iam|sts)::\d{12}:.+$/.test(principal));
  expect(isArn, 'credentials.principal', principal, 'an ARN such as arn:aws:iam::123456789012:user/alice');
}

function checkCluster(cluster: ClusterOptions): void {
  expect(isRecord(cluster), 'cluster', cluster, 'an object');
  refuseUnknown('cluster option', cluster, knownCluster);
  const { zones, network, throttling, transientStates, thresholds } = cluster;
  expect(zones === undefined || zones === 3, 'cluster.zones', zones, '3: every partition has a replica in each of three zones');
  expect(throttling === undefined || typeof throttling === 'boolean', 'cluster.throttling', throttling, 'true or false');
  expect(
    transientStates === undefined || typeof transientStates === 'boolean',
    'cluster.transientStates',
    transientStates,
    'true or false',
  );
  const isUnset = isRecord(thresholds) && Object.keys(thresholds).length === 0;
  expect(thresholds === undefined || isUnset, 'cluster.thresholds', thresholds, 'empty: partitions do not split yet');
  if (network !== undefined) checkNetwork(network);
}

/** @throws TypeError as {@link settingsOf} does */
export function checkNetwork(network: NetworkOptions): void {
  expect(isRecord(network), 'cluster.network', network, 'an object');
  refuseUnknown('cluster.network option', network, ['latencyMs', 'loss', 'reorder']);
  const { latencyMs, loss, reorder } = network;
  const isRange =
    latencyMs === undefined ||
    (Array.isArray(latencyMs) &&
      latencyMs.length === 2 &&
      latencyMs.every((ms) => typeof ms === 'number') &&
      latencyMs[0] >= 0 &&
      latencyMs[1] >= latencyMs[0] &&
      latencyMs[1] <= DAY_MS);
  expect(isRange, 'cluster.network.latencyMs', latencyMs, '[min, max] in milliseconds, a day at most');
  expect(isShare(loss) && loss !== 1, 'cluster.network.loss', loss, 'a share from 0 to below 1');
  expect(isShare(reorder), 'cluster.network.reorder', reorder, 'a share from 0 to 1');
}

/** Longest time that a message may take. */
const DAY_MS = 86_400_000;

function isShare(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseUnknown(what: string, given: object, allowed: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (!allowed.includes(name)) throw new TypeError(`Unknown ${what} '${name}'; there are ${allowed.join(', ')}`);
  }
}

function expect(holds: boolean, option: string, value: unknown, wanted: string): void {
  if (holds) return;
  throw new TypeError(`${option} is ${shown(value)}; it must be ${wanted}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // It holds itself, or a bigint.
    return 'an object';
  }
}

/**
 * Where no seed is given, databases differ from each other. What follows from a seed is no secret; `crypto` would cost a new Node process
 * 4 ms, for it loads Node's streams.
 */
function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}
