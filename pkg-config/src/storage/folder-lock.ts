// The lock of a folder: a file that says which process has it open. Processes that die leave it behind, so whoever comes next looks
// whether that process can still be there. Deno's processes mostly may not look at others, but have the system's own locks of files, which
// end with their process.
import { nodeModule } from './node-modules.js';

type Files = typeof import('node:fs/promises');

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** The machine or container that the process is on: process ids mean nothing elsewhere. Empty where it may not be known. */
  readonly host: string;
  /** When the process started, in epoch milliseconds. In a container every process may get the same id. */
  readonly started: number;
  /** Whether the file is locked by the system as well, for as long as the process lives. */
  readonly isSystemLocked?: boolean;
}

/** The part of Deno that is used here. */
interface DenoLike {
  open(path: string, options: { read: true; write: true; create: true }): Promise<DenoFile>;
}
interface DenoFile {
  tryLock(exclusive: true): Promise<boolean>;
  close(): void;
}

/** How long it may take to write a lock that has been made. */
const WRITING_MS = 200;

export class FolderLock {
  private constructor(
    private readonly files: Files,
    private readonly place: string,
    private readonly systemLock: DenoFile | undefined,
  ) {}

  /**
   * Takes the lock of `folder`, a file at `place`.
   *
   * @throws Error that says who has the folder open
   */
  static async take(files: Files, place: string, folder: string): Promise<FolderLock> {
    const own = await thisProcess();
    const { Deno } = globalThis as { Deno?: DenoLike };
    if (Deno !== undefined) return takeBySystem(Deno, own, files, place, folder);
    // A lock that was left behind is removed once; if somebody else is quicker, it is theirs.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        await files.writeFile(place, JSON.stringify(own), { flag: 'wx' });
        return new FolderLock(files, place, undefined);
      } catch (error) {
        if ((error as { code?: string }).code !== 'EEXIST') throw error;
        refuseIfHeld(await readHolder(files, place), own, place, folder);
        await files.rm(place, { force: true });
      }
    }
    throw new Error(`the database folder ${folder} is in use`);
  }

  /** @internal */
  static bySystem(files: Files, place: string, file: DenoFile): FolderLock {
    return new FolderLock(files, place, file);
  }

  async release(): Promise<void> {
    await this.files.rm(this.place, { force: true });
    this.systemLock?.close();
  }
}

async function takeBySystem(Deno: DenoLike, own: Holder, files: Files, place: string, folder: string): Promise<FolderLock> {
  const file = await Deno.open(place, { read: true, write: true, create: true });
  try {
    const isFree = await file.tryLock(true);
    const holder = holderIn(await files.readFile(place, 'utf8'));
    if (!isFree) throw new Error(`the database folder ${folder} is in use by process ${holder?.pid ?? 'unknown'}`);
    // A holder that had locked the file like this is gone. Others, of Node, say so by what they have written only.
    if (holder?.isSystemLocked !== true) refuseIfHeld(holder, own, place, folder);
    await files.writeFile(place, JSON.stringify({ ...own, isSystemLocked: true }));
    return FolderLock.bySystem(files, place, file);
  } catch (error) {
    file.close();
    throw error;
  }
}

async function thisProcess(): Promise<Holder> {
  return { pid: process.pid, host: await hostName(), started: Math.round(performance.timeOrigin) };
}

/** Deno may be told to keep the name to itself. */
async function hostName(): Promise<string> {
  try {
    return (await nodeModule('node:os')).hostname();
  } catch {
    return '';
  }
}

/** Who holds a lock; undefined if it does not say, or is gone. */
async function readHolder(files: Files, place: string): Promise<Holder | undefined> {
  const read = async (): Promise<Holder | undefined> => holderIn(await files.readFile(place, 'utf8').catch(() => ''));
  const holder = await read();
  if (holder !== undefined) return holder;
  // Somebody may be between making the file and writing it; who has died there will not go on.
  await new Promise((resolve) => setTimeout(resolve, WRITING_MS));
  return read();
}

function holderIn(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder>;
    const { pid, host, started } = holder;
    const isWhole = Number.isInteger(pid) && pid! > 0 && typeof host === 'string' && typeof started === 'number';
    return isWhole ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws Error unless the holder of a lock cannot be running any more */
function refuseIfHeld(holder: Holder | undefined, own: Holder, place: string, folder: string): void {
  const reason = holder === undefined ? undefined : whyHeld(holder, own, place);
  if (reason !== undefined) throw new Error(`the database folder ${folder} is ${reason}`);
}

/** What the holder of a lock keeps others out by; undefined if it cannot be running any more. */
function whyHeld(holder: Holder, own: Holder, place: string): string | undefined {
  const unless = `If that is not so any more, delete ${place}`;
  const isElsewhere = holder.host !== own.host && holder.host !== '' && own.host !== '';
  if (isElsewhere) return `in use by process ${holder.pid} on ${holder.host}. ${unless}`;
  if (holder.pid === own.pid) return holder.started === own.started ? 'already open in this process' : undefined;
  return isRunning(holder.pid) ? `in use by process ${holder.pid}. ${unless}` : undefined;
}

/** Whether a process is there, as far as this one may know: what it may not ask about counts as running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'ESRCH';
  }
}
