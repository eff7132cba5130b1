// What happens inside the cluster, as its trace tells it.

/** Names of the events that can happen. */
export const clusterEventNames = [
  'tableCreated',
  'tableDeleted',
  'indexFilled',
  'staleRead',
  'throttled',
  'messageLost',
  'sentAgain',
  'logGap',
  'indexGap',
  'undeliverable',
  'staleBallot',
  'steppedDown',
] as const;

/** What a handler can be registered for. `staleBallot` and `steppedDown` need elections, which there are not yet. */
export type ClusterEventName = (typeof clusterEventNames)[number];

/** Something that happened to an actor of the cluster. */
export interface ClusterEvent {
  /** What happened. */
  event: ClusterEventName;
  /** Epoch milliseconds. */
  at: number;
  /** To what kind of actor. */
  actor: 'router' | 'admin' | 'coordinator' | 'replica' | 'propagator' | 'lineage' | 'sweeper';
  /** Which actor of its kind. */
  id?: number;
  /** The partition of a replica; see `cluster.describe()`. */
  partition?: number;
  /** The table that it is about; absent of replicas that are gone since. */
  table?: string;
  /** The index that it is about, if it is not the table itself. */
  index?: string;
  /** Of a stale read: the newest entry that the partition's leader had committed. */
  committed?: number;
  /** Of a stale read: the newest entry that the replica had applied. */
  applied?: number;
  /** Why something was throttled, such as `TableWriteProvisionedThroughputExceeded`. */
  reason?: string;
  /** The kind of a message that was lost, or that came for an actor that is gone. */
  message?: string;
}

/** A part of the trace. */
export interface Chronicle {
  /** How much was ever noted. */
  noted: number;
  notes: ClusterEvent[];
}

/** Members that an event always has, beside those that all have. */
interface Particulars {
  tableCreated: 'table';
  tableDeleted: 'table';
  indexFilled: 'table' | 'index';
  staleRead: 'committed' | 'applied';
  throttled: 'table' | 'reason';
  messageLost: 'message';
  undeliverable: 'message';
}

/** A function that is told of events of one name. */
export type ClusterEventHandler<Name extends ClusterEventName = ClusterEventName> = (event: Told<Name>) => void;

type Told<Name extends ClusterEventName> = Name extends keyof Particulars
  ? ClusterEvent & { event: Name } & Required<Pick<ClusterEvent, Particulars[Name]>>
  : ClusterEvent & { event: Name };

/** A handler once it is registered: it gets events of its name only. */
type Listener = (event: ClusterEvent) => void;

/** Where events come from. */
export interface EventSource {
  /** What was noted after the first `after` notes, as far as it is kept. */
  chronicle(after: number): Chronicle;
  /** Has `told` called when something has been noted, until what it returns is called. */
  onNoted(told: () => void): () => void;
}

/** Hands events to those who asked for them: soon after they happened, and never while the engine is at work. */
export class ClusterEvents {
  private readonly listeners = new Set<{ name: ClusterEventName; handler: Listener }>();
  private seen = 0;
  private isDue = false;
  private unwatch: (() => void) | undefined;

  constructor(private readonly source: EventSource) {}

  on<Name extends ClusterEventName>(name: Name, handler: ClusterEventHandler<Name>): () => void {
    if (!clusterEventNames.includes(name)) {
      throw new TypeError(`There is no event '${String(name)}'; there are ${clusterEventNames.join(', ')}`);
    }
    if (typeof handler !== 'function') throw new TypeError('cluster.on() takes a function to hand events to');
    if (this.unwatch === undefined) {
      this.seen = this.source.chronicle(Number.MAX_SAFE_INTEGER).noted;
      this.unwatch = this.source.onNoted(() => this.deliverSoon());
    }
    const listener = { name, handler: handler as Listener };
    this.listeners.add(listener);
    return () => this.remove(listener);
  }

  /** Hands over what has happened, and forgets everybody. */
  close(): void {
    this.deliver();
    for (const listener of [...this.listeners]) this.remove(listener);
  }

  private remove(listener: { name: ClusterEventName; handler: Listener }): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    this.unwatch?.();
    this.unwatch = undefined;
  }

  private deliverSoon(): void {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => this.deliver());
  }

  private deliver(): void {
    this.isDue = false;
    if (this.listeners.size === 0) return;
    const { noted, notes } = this.source.chronicle(this.seen);
    this.seen = noted;
    for (const note of notes) {
      for (const { name, handler } of [...this.listeners]) if (name === note.event) hand(handler, note);
    }
  }
}

/** A handler's mistake is its own: it is reported as an uncaught error, and the others get their events. */
function hand(handler: Listener, note: ClusterEvent): void {
  try {
    handler(note);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
