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

export type ClusterEventName = (typeof clusterEventNames)[number];

/** Something that happened to an actor of the cluster. */
export interface ClusterEvent {
  event: ClusterEventName;
  /** Epoch milliseconds. */
  at: number;
  actor: 'router' | 'admin' | 'coordinator' | 'replica' | 'propagator' | 'lineage' | 'sweeper';
  /** Which actor of its kind. */
  id?: number;
  /** The partition of a replica; see `cluster.describe()`. */
  partition?: number;
  table?: string;
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

export type ClusterEventHandler = (event: ClusterEvent) => void;

/** Where events come from. */
export interface EventSource {
  /** What was noted after the first `after` notes, as far as it is kept. */
  chronicle(after: number): Chronicle;
  /** Has `told` called when something has been noted, until what it returns is called. */
  onNoted(told: () => void): () => void;
}

/** Hands events to those who asked for them: soon after they happened, and never while the engine is at work. */
export class ClusterEvents {
  private readonly listeners = new Set<{ name: ClusterEventName; handler: ClusterEventHandler }>();
  private seen = 0;
  private isDue = false;
  private unwatch: (() => void) | undefined;

  constructor(private readonly source: EventSource) {}

  on(name: ClusterEventName, handler: ClusterEventHandler): () => void {
    if (!clusterEventNames.includes(name)) {
      throw new TypeError(`There is no event '${String(name)}'; there are ${clusterEventNames.join(', ')}`);
    }
    if (typeof handler !== 'function') throw new TypeError('cluster.on() takes a function to hand events to');
    if (this.unwatch === undefined) {
      this.seen = this.source.chronicle(Number.MAX_SAFE_INTEGER).noted;
      this.unwatch = this.source.onNoted(() => this.deliverSoon());
    }
    const listener = { name, handler };
    this.listeners.add(listener);
    return () => this.remove(listener);
  }

  /** Hands over what has happened, and forgets everybody. */
  close(): void {
    this.deliver();
    for (const listener of [...this.listeners]) this.remove(listener);
  }

  private remove(listener: { name: ClusterEventName; handler: ClusterEventHandler }): void {
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
function hand(handler: ClusterEventHandler, note: ClusterEvent): void {
  try {
    handler(note);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
