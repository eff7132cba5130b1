// Where a database is kept: which store an option means on this host, and the engine that comes out of it.
import type { Engine, EngineModule } from './engine.js';
import { engineOptions, type Settings } from './options.js';
import { Persistence, recover, type SavableEngine } from './persistence.js';
import { DirectoryStorage } from './storage/directory.js';
import { IndexedDbStorage } from './storage/indexeddb.js';
import { isStorageAdapter, type StorageAdapter } from './storage-adapter.js';

/** Keeps a database in a store: told of changes, asked to save, closed. */
export type Keeper = Persistence<Engine & SavableEngine>;

export interface Kept {
  readonly engine: Engine;
  /** Undefined for a database in memory. */
  readonly keeper: Keeper | undefined;
}

/**
 * The engine that the settings ask for, with what its store holds.
 *
 * @throws Error when a store is asked for by name and this host has none of its kind, or when none of its snapshots can be read
 */
export async function openKept(module: EngineModule, settings: Settings): Promise<Kept> {
  const storage = await openStorage(module, settings);
  const options = engineOptions(settings);
  if (storage === undefined) return { engine: new module.Engine(options), keeper: undefined };
  try {
    return await fromStorage(module, settings, storage, options);
  } catch (error) {
    // The store's lock must not outlive an attempt that failed.
    await storage.close?.();
    throw error;
  }
}

async function fromStorage(module: EngineModule, settings: Settings, storage: StorageAdapter, options: object): Promise<Kept> {
  const format = module.snapshots;
  if (format === undefined) throw new Error('This build of the engine cannot keep a database in a store');
  const recovered = await recover(format, storage, settings.name, options);
  const engine = recovered.engine ?? (new module.Engine(options) as Engine & SavableEngine);
  const keeper = new Persistence(format, storage, settings.name, engine, recovered, report);
  return { engine, keeper };
}

/** A save that nobody waits for has failed: said once where the host keeps its log; `flush` and `close` throw. */
function report(error: unknown): void {
  console.error('snowglobe: the database could not be saved', error);
}

async function openStorage(module: EngineModule, { storage, name }: Settings): Promise<StorageAdapter | undefined> {
  if (storage === 'memory') return undefined;
  if (isStorageAdapter(storage)) return storage;
  if (typeof storage === 'object') return DirectoryStorage.open(storage.directory);
  const open = 'indexedDB' in globalThis ? module.openIndexedDb : undefined;
  if (open !== undefined) return IndexedDbStorage.open(name, open);
  if (storage === 'auto') return undefined;
  throw new Error('There is no IndexedDB on this host');
}
