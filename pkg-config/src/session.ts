// One engine and everybody who uses it: hands calls over, keeps those that are pending, lets time pass for them, and stops for
// good when the database is closed or the engine has failed.

import { ResponseMetadata } from './client/metadata.js';
import type { Clock } from './clock.js';
import type { Chronicle } from './cluster-events.js';
import { Decoder } from './codec/decoder.js';
import { MemoryWindow } from './codec/memory.js';
import { type Engine, type EngineModule, Register, Status } from './engine.js';
import { DatabaseClosedError, type DynamoDBServiceException, EngineFailedError, serviceException } from './errors.js';
import type { Feed } from './streams/feed.js';

/** Somebody who waits for a ticket. */
export interface Waiter {
  /** Reads the answer at `address`; runs while the registers still point to it. */
  done(address: number): void;
  failed(error: unknown): void;
}

const windows = new WeakMap<object, MemoryWindow>();

function windowOf(memory: EngineModule['memory']): MemoryWindow {
  const known = windows.get(memory);
  if (known !== undefined) return known;
  const made = new MemoryWindow(memory);
  windows.set(memory, made);
  return made;
}

export class Session {
  readonly window: MemoryWindow;
  private readonly registers: number;
  private readonly errorDecoder: Decoder;
  private readonly numbers: Map<string, number>;
  private readonly waiting = new Map<number, Waiter>();
  /** Why no more calls are taken. */
  private refusal: Error | undefined;
  private whenIdle: (() => void) | undefined;
  private sequence = 0;
  /** Told when a count in the registers has changed. */
  private readonly watchers = new Set<{ word: number; count: number; told: () => void }>();
  /** Told at the end of the next step of time; while somebody waits for it, a virtual clock moves. */
  private passing: (() => void)[] = [];
  /** The deadline that the clock was last asked to come back for when nobody waited for it. */
  private quietDeadline = Number.NaN;
  /** True while a request is written or an answer read: a caller's code that runs then must not call the engine. */
  busy = false;

  constructor(
    readonly engine: Engine,
    readonly module: EngineModule,
    readonly clock: Clock,
    readonly seed: number,
    /** Told after whatever may have changed the database. */
    private readonly changed: (() => void) | undefined = undefined,
  ) {
    this.window = windowOf(module.memory);
    this.registers = engine.registers();
    this.errorDecoder = new Decoder(this.window, 'json');
    this.numbers = new Map(module.operations().map((name, number) => [name, number]));
  }

  /** The request area, shared by all who write requests to this engine. */
  base = 0;
  limit = 0;

  /** Makes the request area hold `capacity` bytes; memory that cannot grow any more fails the engine like any other trap. */
  requestBuffer(capacity: number): void {
    try {
      this.base = this.engine.requestBuffer(capacity);
      this.limit = this.base + capacity;
    } catch (error) {
      throw this.fail(error);
    }
  }

  /** The number under which the engine knows an operation; undefined when it doesn't. */
  operationNumber(name: string): number | undefined {
    return this.numbers.get(name);
  }

  /** @throws the reason when no calls are taken any more. */
  check(): void {
    if (this.refusal !== undefined) throw this.refusal;
  }

  private register(word: number): number {
    return this.window.word(this.registers + word * 4);
  }

  /** Address of the answer to the last call. */
  get answer(): number {
    return this.register(Register.Address);
  }

  /** `$metadata` for an answer. */
  metadata(status: number): ResponseMetadata {
    return new ResponseMetadata(status, this.seed, ++this.sequence);
  }

  /** Runs the operation whose request has been written; returns a status. */
  call(operation: number, length: number): number {
    // Outside, because a clock may be a caller's function: what that throws is no failure of the engine.
    const now = this.clock.now();
    try {
      const status = this.engine.call(operation, length, now);
      this.after();
      return status;
    } catch (error) {
      throw this.fail(error);
    }
  }

  /** Runs the HTTP exchange whose request has been written; returns a status. */
  exchange(length: number): number {
    const now = this.clock.now();
    try {
      const status = this.engine.exchange(length, now);
      this.after();
      return status;
    } catch (error) {
      throw this.fail(error);
    }
  }

  /** What follows on every call. */
  private after(): void {
    if (this.register(Register.Timed) !== 0) this.schedule();
    this.changed?.();
    if (this.watchers.size > 0) this.tellWatchers();
  }

  private tellWatchers(): void {
    for (const watcher of [...this.watchers]) {
      const count = this.register(watcher.word);
      if (count === watcher.count) continue;
      watcher.count = count;
      watcher.told();
    }
  }

  /** Has `told` called when streams have recorded something; returns what ends that. It must not call the engine there and then. */
  onRecorded(told: () => void): () => void {
    return this.watch(Register.Recorded, told);
  }

  /** The same for what the trace notes. */
  onNoted(told: () => void): () => void {
    return this.watch(Register.Noted, told);
  }

  private watch(word: number, told: () => void): () => void {
    const watcher = { word, count: this.register(word), told };
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
    };
  }

  /** Every stream that can be read, whatever the network. */
  feeds(): readonly Feed[] {
    return this.use((engine) => engine.feeds() as readonly Feed[]);
  }

  /** What was noted after the first `after` notes, as far as it is kept; nothing more once the engine has failed. */
  chronicle(after: number): Chronicle {
    return this.hasFailed ? { noted: after, notes: [] } : (this.engine.trace(after) as Chronicle);
  }

  /** Resolves once what is due next has happened. */
  nextPass(): Promise<void> {
    return new Promise((resolve) => {
      this.passing.push(resolve);
      this.schedule();
    });
  }

  /** The error that the last call came to. */
  takeFailure(): DynamoDBServiceException {
    return this.readFailure(this.answer);
  }

  private readFailure(address: number): DynamoDBServiceException {
    const { name, message, status, ...members } = this.errorDecoder.decodeTree(address) as {
      name: string;
      message?: string;
      status: number;
    };
    const failure = { name, status, metadata: this.metadata(status), members };
    return serviceException(message === undefined ? failure : { ...failure, message });
  }

  /** Keeps the ticket of the last call for `waiter`; returns what takes it back. */
  wait(waiter: Waiter): () => void {
    const ticket = this.register(Register.Ticket);
    this.waiting.set(ticket, waiter);
    this.schedule();
    return () => {
      if (this.waiting.delete(ticket)) this.settleIdle();
    };
  }

  /** Asks the clock to come back for the next event. */
  private schedule(): void {
    const deadline = this.engine.nextDeadline();
    const needed = this.waiting.size > 0 || this.passing.length > 0;
    // Timers of the region's own stay while calls come and go.
    if (!needed && deadline === this.quietDeadline) return;
    this.quietDeadline = needed ? Number.NaN : deadline;
    if (Number.isNaN(deadline)) this.clock.cancel();
    else this.clock.schedule(deadline, needed, () => this.passOnTime());
  }

  /** Moves a virtual clock to `time`, stopping at each event on the way so that it happens at its own time. */
  advanceTo(time: number): void {
    for (;;) {
      const deadline = this.use((engine) => engine.nextDeadline());
      // Also leaves on NaN: nothing is to happen any more.
      if (!(deadline <= time)) break;
      const before = this.clock.now();
      this.clock.advanceTo(deadline);
      this.pass();
      this.check();
      const after = this.engine.nextDeadline();
      // An event that is still due did not take place; time goes on rather than stand still with it.
      if (after <= deadline && before === this.clock.now()) break;
    }
    this.clock.advanceTo(time);
    this.pass();
  }

  /** The clock's call. A caller's clock that throws there has nobody to throw to but those who wait for the time to come. */
  private passOnTime(): void {
    try {
      this.pass();
    } catch (error) {
      this.forsake(error);
    }
  }

  /** Lets happen what is due. @throws what a caller's clock throws */
  pass(): void {
    if (this.refusal !== undefined && this.waiting.size === 0) return;
    this.quietDeadline = Number.NaN;
    const now = this.clock.now();
    try {
      this.engine.step(now);
      while (this.engine.nextCompletion() !== 0) this.complete();
      this.changed?.();
      const passing = this.passing;
      this.passing = [];
      this.schedule();
      if (this.watchers.size > 0) this.tellWatchers();
      for (const passed of passing) passed();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The cluster as it is now: whatever is due has happened in what is shown. */
  describe(): unknown {
    this.check();
    this.pass();
    return this.use((engine) => engine.describe());
  }

  /** What Contributor Insights have counted; undefined if there is no such table or index. */
  contributors(table: string, index?: string): unknown {
    this.check();
    this.pass();
    return this.use((engine) => engine.contributors(table, index));
  }

  private complete(): void {
    const ticket = this.register(Register.Ticket);
    const waiter = this.waiting.get(ticket);
    // Aborted by its caller: nobody is interested any more.
    if (waiter === undefined) return;
    this.waiting.delete(ticket);
    const address = this.answer;
    try {
      if (this.register(Register.Status) === Status.Done) waiter.done(address);
      else waiter.failed(this.readFailure(address));
    } catch (error) {
      waiter.failed(error);
    }
    this.settleIdle();
  }

  private settleIdle(): void {
    if (this.waiting.size === 0) this.whenIdle?.();
  }

  /** The engine trapped: its state may be anything, so it is never called again. */
  private fail(cause: unknown): Error {
    if (this.refusal instanceof EngineFailedError) return this.refusal;
    const failure = new EngineFailedError(cause);
    this.stop(failure);
    return failure;
  }

  private stop(reason: Error): void {
    this.refusal = reason;
    this.clock.cancel();
    this.forsake(reason);
  }

  /** Lets nobody wait any longer. */
  private forsake(reason: unknown): void {
    const waiters = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiter of waiters) waiter.failed(reason);
    for (const passed of this.passing.splice(0)) passed();
    this.whenIdle?.();
  }

  /** Runs `use` on the engine, which a trap fails; any other error is the caller's. */
  use<Result>(use: (engine: Engine) => Result): Result {
    this.check();
    try {
      return use(this.engine);
    } catch (error) {
      if (isTrap(error)) throw this.fail(error);
      throw error;
    }
  }

  /** Whether the engine has trapped. */
  get hasFailed(): boolean {
    return this.refusal instanceof EngineFailedError;
  }

  /** Refuses new calls and waits for those under way; where a caller's clock may stand still for ever, these fail instead. */
  async drain(mayWait: boolean): Promise<void> {
    this.refusal ??= new DatabaseClosedError();
    if (this.waiting.size > 0 && !mayWait) this.stop(this.refusal);
    if (this.waiting.size > 0) {
      await new Promise<void>((resolve) => {
        this.whenIdle = resolve;
      });
    }
    this.clock.cancel();
  }
}

/** Whether an exception came out of wasm code that stopped where it stood. */
function isTrap(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'RuntimeError' || error instanceof RangeError;
}
