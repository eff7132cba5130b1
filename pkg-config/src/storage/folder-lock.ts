// The lock of a folder: a file that says which process has it open. Processes that die leave it behind, so whoever comes next looks
// whether that process can still be there.

import { nodeModule } from './node-modules.js';

type Files = typeof import('node:fs/promises');

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** The machine or container that the process is on: process ids mean nothing elsewhere. */
  readonly host: string;
  /** When the process started, in milliseconds of a clock that nobody sets. In a container every process may get the same id. */
  readonly started: number;
}

/** Two looks at when this process started differ by the time between two calls. */
const STARTED_TOLERANCE_MS = 100;

/** How long it may take to write a lock that has been made. */
const WRITING_MS = 200;

export class FolderLock {
  private constructor(
    private readonly files: Files,
    private readonly place: string,
  ) {}

  /**
   * Takes the lock of `folder`, a file at `place`.
   *
   * @throws Error that says who has the folder open
   */
  static async take(files: Files, place: string, folder: string): Promise<FolderLock> {
    const own = await thisProcess();
    // A lock that was left behind is removed once; if somebody else is quicker, it is theirs.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        await files.writeFile(place, JSON.stringify(own), { flag: 'wx' });
        return new FolderLock(files, place);
      } catch (error) {
        if ((error as { code?: string }).code !== 'EEXIST') throw error;
        const holder = await readHolder(files, place);
        const reason = holder === undefined ? undefined : whyHeld(holder, own, place);
        if (reason !== undefined) throw new Error(`the database folder ${folder} is ${reason}`);
        await files.rm(place, { force: true });
      }
    }
    throw new Error(`the database folder ${folder} is in use`);
  }

  async release(): Promise<void> {
    await this.files.rm(this.place, { force: true });
  }
}

async function thisProcess(): Promise<Holder> {
  const started = Math.round(Number(process.hrtime.bigint()) / 1e6 - process.uptime() * 1000);
  return { pid: process.pid, host: await hostName(), started };
}

/** Deno may be told to keep the name to itself; then all processes seem to be on one machine. */
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
    const { pid, host, started } = JSON.parse(text) as Partial<Holder>;
    const isWhole = Number.isInteger(pid) && pid! > 0 && typeof host === 'string' && typeof started === 'number';
    return isWhole ? { pid: pid!, host, started } : undefined;
  } catch {
    return undefined;
  }
}

/** What the holder of a lock keeps others out by; undefined if it cannot be running any more. */
function whyHeld(holder: Holder, own: Holder, place: string): string | undefined {
  const unless = `If that is not so any more, delete ${place}`;
  if (holder.host !== own.host) return `in use by process ${holder.pid} on ${holder.host}. ${unless}`;
  if (holder.pid === own.pid) {
    return Math.abs(holder.started - own.started) <= STARTED_TOLERANCE_MS ? 'already open in this process' : undefined;
  }
  return isRunning(holder.pid) ? `in use by process ${holder.pid}. ${unless}` : undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
