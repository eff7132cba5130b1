import type { FileHandle } from 'node:fs/promises';
import type { StorageAdapter, StorageOperation } from '../storage-adapter.js';
import { FolderLock } from './folder-lock.js';
import { nodeModule } from './node-modules.js';

const JOURNAL = 'JOURNAL';
const ENTRIES = 'entries';

type Files = typeof import('node:fs/promises');
type Paths = typeof import('node:path');

interface Journal {
  readonly put: readonly string[];
  readonly delete: readonly string[];
}

/**
 * Stores in a folder, a file a key (Node, Bun, Deno). A value is written beside its place, flushed, and renamed over it, so that a
 * crash leaves the old bytes or the new ones. A batch is made atomic by a journal, replayed when the folder is opened again.
 * A lock file makes this process the only writer.
 */
export class DirectoryStorage implements StorageAdapter {
  readonly maxValueBytes = 8 * 1024 * 1024;
  readonly #files: Files;
  readonly #paths: Paths;
  readonly #root: string;
  readonly #lock: FolderLock;

  private constructor(files: Files, paths: Paths, root: string, lock: FolderLock) {
    this.#files = files;
    this.#paths = paths;
    this.#root = root;
    this.#lock = lock;
  }

  /**
   * Opens a folder, which is made where it is not there.
   *
   * @throws Error if the folder cannot be used, or somebody has it open
   */
  static async open(directory: string): Promise<DirectoryStorage> {
    const [files, paths] = await Promise.all([nodeModule('node:fs/promises'), nodeModule('node:path')]);
    const root = paths.resolve(directory);
    await files.mkdir(paths.join(root, ENTRIES), { recursive: true }).catch((cause: Error) => {
      throw new Error(`the database folder ${root} cannot be made: ${cause.message}`, { cause });
    });
    const storage = new DirectoryStorage(files, paths, root, await FolderLock.take(files, paths.join(root, 'LOCK'), root));
    try {
      await storage.#replayJournal();
    } catch (error) {
      await storage.close();
      throw error;
    }
    return storage;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      return new Uint8Array(await this.#files.readFile(this.#place(key)));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    await this.#writeBeside(key, value);
    await this.#files.rename(this.#beside(key), this.#place(key));
    await this.#flushFolder(this.#paths.dirname(this.#place(key)));
  }

  async delete(key: string): Promise<void> {
    await this.#files.rm(this.#place(key), { force: true });
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    await this.#collect(this.#paths.join(this.#root, ENTRIES), '', keys);
    return keys.filter((key) => key.startsWith(prefix)).sort();
  }

  async batch(operations: readonly StorageOperation[]): Promise<void> {
    const journal: { put: string[]; delete: string[] } = { put: [], delete: [] };
    for (const { key, value } of operations) {
      if (value === undefined) {
        journal.delete.push(key);
      } else {
        await this.#writeBeside(key, value);
        journal.put.push(key);
      }
    }
    const place = this.#paths.join(this.#root, JOURNAL);
    await this.#writeWhole(`${place}.new`, new TextEncoder().encode(JSON.stringify(journal)));
    await this.#files.rename(`${place}.new`, place);
    await this.#flushFolder(this.#root);
    await this.#apply(journal);
  }

  close(): Promise<void> {
    return this.#lock.release();
  }

  async #replayJournal(): Promise<void> {
    const text = await this.#files.readFile(this.#paths.join(this.#root, JOURNAL), 'utf8').catch((error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw error;
    });
    if (text !== undefined) await this.#apply(JSON.parse(text) as Journal);
  }

  async #apply(journal: Journal): Promise<void> {
    for (const key of journal.put) {
      // Absent when a crash came after this rename: then it is done already.
      await this.#files.rename(this.#beside(key), this.#place(key)).catch((error: unknown) => {
        if (!isAbsent(error)) throw error;
      });
    }
    for (const key of journal.delete) await this.delete(key);
    await this.#files.rm(this.#paths.join(this.#root, JOURNAL), { force: true });
    await this.#flushFolder(this.#root);
  }

  async #writeBeside(key: string, value: Uint8Array): Promise<void> {
    await this.#files.mkdir(this.#paths.dirname(this.#place(key)), { recursive: true });
    await this.#writeWhole(this.#beside(key), value);
  }

  async #writeWhole(place: string, bytes: Uint8Array): Promise<void> {
    const file = await this.#files.open(place, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** A rename is only durable once its folder is; some systems refuse to open folders, and need no flush. */
  async #flushFolder(folder: string): Promise<void> {
    let handle: FileHandle | undefined;
    try {
      handle = await this.#files.open(folder, 'r');
      await handle.sync();
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EACCES' && code !== 'EINVAL') throw error;
    } finally {
      await handle?.close();
    }
  }

  async #collect(folder: string, prefix: string, keys: string[]): Promise<void> {
    for (const entry of await this.#files.readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        await this.#collect(this.#paths.join(folder, entry.name), `${prefix}${decodeSegment(entry.name)}/`, keys);
      } else if (!entry.name.endsWith('~')) {
        keys.push(prefix + decodeSegment(entry.name));
      }
    }
  }

  #place(key: string): string {
    return this.#paths.join(this.#root, ENTRIES, ...key.split('/').map(encodeSegment));
  }

  /** `~` never ends an encoded segment, so a half-written file is never taken for a key. */
  #beside(key: string): string {
    return `${this.#place(key)}~`;
  }
}

/** Makes any text a file name: no separators, no `.` or `..`, no trailing `~`. */
function encodeSegment(segment: string): string {
  return segment === '' ? '%' : encodeURIComponent(segment).replaceAll('.', '%2E').replaceAll('~', '%7E');
}

function decodeSegment(name: string): string {
  return name === '%' ? '' : decodeURIComponent(name);
}

function isAbsent(error: unknown): boolean {
  return (error as { code?: string }).code === 'ENOENT';
}
