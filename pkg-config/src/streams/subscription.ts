// A subscription: reads every shard of its streams, shards beside each other and each in order, a child once its parent is at its end. It
// reads when changes have been recorded, never by the clock.
import type { Caller, Operation } from '../client/caller.js';
import { DatabaseClosedError, EngineFailedError } from '../errors.js';
import type { Session } from '../session.js';
import type { ChangeRecord, GetRecordsOutput } from '../types/streams.js';
import { type Delivered, type DeliveryOptions, deliver } from './delivery.js';
import type { Feed, FeedShard } from './feed.js';

/** What a subscription is to do. */
export interface Plan<Item> {
  /** The streams to read, among those there are. */
  select(feeds: readonly Feed[]): readonly Feed[];
  readonly fromOldest: boolean;
  readonly batchSize: number;
  /** What a change is handed over as; undefined if it is not wanted. */
  render(record: ChangeRecord, feed: Feed): Item | undefined;
  readonly delivery: Omit<DeliveryOptions<Item>, 'pause'>;
}

/** How the package reaches the engine. */
export interface Reach {
  readonly session: Session;
  readonly caller: Caller;
}

/** Records that one request asks for, at most. */
const PAGE_MAX = 1_000;

/** One shard, being read. */
interface Reading {
  readonly shard: string;
  readonly feed: Feed;
  /** Where to go on; undefined once the shard was read to its end. */
  next: string | undefined;
  running: boolean;
  /** The count of news up to which it was read; -1 at first. */
  readTo: number;
}

/** Changes being handed to a function. */
export class StreamSubscription {
  private readonly readings: Reading[] = [];
  private readonly known = new Set<string>();
  private readonly getRecords: Operation;
  private readonly unwatch: () => void;
  /** Counts the times that something new was recorded. */
  private news = 0;
  private stopped = false;
  private failure: unknown;
  private readonly idle = new Set<() => void>();
  private readonly pauses = new Set<{ ref?: () => void; unref?: () => void }>();

  /** @internal */
  constructor(
    private readonly reach: Reach,
    // biome-ignore lint/suspicious/noExplicitAny: a plan is made and used with one kind of item, which is nobody else's matter.
    private readonly plan: Plan<any>,
    private readonly closed: (subscription: StreamSubscription) => void,
  ) {
    this.getRecords = reach.caller.operation('GetRecords');
    this.unwatch = reach.session.onRecorded(() => this.wake());
    this.find(plan.fromOldest);
    this.run();
  }

  /** Whether {@link close} was called, or the database was closed. */
  get isClosed(): boolean {
    return this.stopped;
  }

  /** Hands over no more batches. One that the function is at work on is not interrupted. */
  close(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.unwatch();
    this.closed(this);
    this.settle();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Resolves once every change committed so far was handed over, and handled or given up. On a network that takes time it waits for those
   * that have not been recorded yet, and a virtual clock moves as far as that takes.
   *
   * @throws what reading the stream has failed with, which ends a subscription
   */
  async drained(): Promise<void> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure;
      if (this.stopped) return;
      this.run();
      if (this.readings.some((reading) => reading.running)) {
        for (const pause of this.pauses) pause.ref?.();
        await new Promise<void>((resolve) => this.idle.add(resolve));
      } else if (this.selected().some((feed) => feed.isBehind)) {
        await this.reach.session.nextPass();
      } else if (!this.find(true)) {
        return;
      }
    }
  }

  private selected(): readonly Feed[] {
    return this.plan.select(this.reach.session.feeds());
  }

  /** Begins to read shards that are new: roots, and children of shards at their end. True if there were any. */
  private find(fromOldest: boolean): boolean {
    let found = false;
    for (const feed of this.selected()) {
      const present = new Set(feed.shards.map((shard) => shard.id));
      for (const shard of feed.shards) {
        const place = `${feed.arn} ${shard.id}`;
        if (this.known.has(place) || !this.isReadable(feed, shard, present, fromOldest)) continue;
        this.known.add(place);
        const next = fromOldest ? shard.oldest : shard.newest;
        // Behind the newest record there is nothing in a shard that has ended.
        if (next === undefined) continue;
        this.readings.push({ shard: shard.id, feed, next, running: false, readTo: -1 });
        found = true;
      }
    }
    return found;
  }

  private isReadable(feed: Feed, shard: FeedShard, present: ReadonlySet<string>, fromOldest: boolean): boolean {
    if (!fromOldest || shard.parent === undefined || !present.has(shard.parent)) return true;
    const isBeingRead = this.readings.some((reading) => reading.shard === shard.parent && reading.feed.arn === feed.arn);
    return !isBeingRead && this.known.has(`${feed.arn} ${shard.parent}`);
  }

  private wake(): void {
    this.news += 1;
    queueMicrotask(() => {
      if (this.stopped) return;
      try {
        this.find(true);
      } catch (error) {
        this.fail(error);
      }
      this.run();
    });
  }

  private run(): void {
    for (const reading of this.readings) {
      if (reading.running || reading.readTo === this.news || this.stopped) continue;
      reading.running = true;
      this.read(reading).then(
        () => this.rest(reading),
        (error) => this.fail(error),
      );
    }
  }

  private rest(reading: Reading): void {
    reading.running = false;
    if (reading.next === undefined) {
      this.readings.splice(this.readings.indexOf(reading), 1);
      if (!this.stopped && this.find(true)) this.run();
    }
    this.settle();
  }

  /** Reads a shard and hands over what is in it, until nothing is left for now. */
  private async read(reading: Reading): Promise<void> {
    const origin = { shardId: reading.shard, streamArn: reading.feed.arn };
    const options = { ...this.plan.delivery, pause: (milliseconds: number) => this.pause(milliseconds) };
    while (reading.readTo !== this.news && reading.next !== undefined && !this.stopped) {
      const news = this.news;
      const batch = await this.nextBatch(reading);
      if (batch.length > 0) await deliver(batch, origin, options);
      else reading.readTo = news;
    }
  }

  private async nextBatch(reading: Reading): Promise<Delivered<unknown>[]> {
    const { batchSize } = this.plan;
    const batch: Delivered<unknown>[] = [];
    while (batch.length < batchSize && reading.next !== undefined && !this.stopped) {
      const page = await this.page(reading, Math.min(batchSize - batch.length, PAGE_MAX));
      reading.next = page.NextShardIterator;
      const records = page.Records ?? [];
      if (records.length === 0) break;
      for (const record of records) {
        const item: unknown = this.plan.render(record, reading.feed);
        if (item === undefined) continue;
        const arrivedMs = record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0;
        batch.push({ item, sequenceNumber: record.dynamodb?.SequenceNumber ?? '', arrivedMs });
      }
    }
    return batch;
  }

  private async page(reading: Reading, limit: number): Promise<GetRecordsOutput> {
    const { caller } = this.reach;
    try {
      return await caller.call<GetRecordsOutput>(this.getRecords, { ShardIterator: reading.next, Limit: limit });
    } catch (error) {
      // Nobody read for a day: what there is goes on from the oldest record that is left.
      if (!(error instanceof Error) || error.name !== 'TrimmedDataAccessException') throw error;
      const feed = this.selected().find((one) => one.arn === reading.feed.arn);
      const shard = feed?.shards.find((one) => one.id === reading.shard);
      return { Records: [], ...(shard === undefined ? {} : { NextShardIterator: shard.oldest }) };
    }
  }

  /** Waits before another attempt; the wait keeps no process alive unless somebody waits for the subscription. */
  private pause(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.pauses.delete(timer as object);
        resolve(!this.stopped);
      }, milliseconds);
      const pause: { ref?: () => void; unref?: () => void } = timer as object;
      this.pauses.add(pause);
      if (this.idle.size === 0) pause.unref?.();
    });
  }

  private fail(error: unknown): void {
    for (const reading of this.readings) reading.running = false;
    const isOver = error instanceof DatabaseClosedError || error instanceof EngineFailedError;
    if (!isOver) {
      this.failure = error;
      // Said once where the host keeps its log, unless somebody waits to be told.
      if (this.idle.size === 0) console.error('snowglobe: a subscription has ended', error);
    }
    this.close();
    this.settle();
  }

  private settle(): void {
    if (!this.stopped && this.readings.some((reading) => reading.running)) return;
    const waiting = [...this.idle];
    this.idle.clear();
    for (const resolve of waiting) resolve();
  }
}
