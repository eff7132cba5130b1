// What a database shows of the cluster inside it, and what of its time a caller may turn.
import { type ClusterEvent, type ClusterEventHandler, type ClusterEventName, ClusterEvents } from './cluster-events.js';
import { checkNetwork, type NetworkOptions } from './options.js';
import type { Session } from './session.js';

/** One of the three replicas of a partition. */
export interface ReplicaDescription {
  id: number;
  /** The availability zone it is in. */
  zone: string;
  role: 'leader' | 'follower';
  /** Sequence numbers in the partition's log. */
  appended: number;
  committed: number;
  applied: number;
}

/** A part of a table, or of a global or vector index. */
export interface PartitionDescription {
  id: number;
  table: string;
  /** The index that it is a part of; absent where it is the table's own. */
  index?: string;
  /** First and last of the hashes of partition keys that belong to it, in hexadecimal. */
  hashRange: [from: string, to: string];
  /** The id of the replica that leads. */
  leader: number | null;
  replicas: ReplicaDescription[];
}

/** What is in the cluster at a moment. */
export interface ClusterDescription {
  /** Epoch milliseconds. */
  now: number;
  partitions: PartitionDescription[];
}

/** A key, and how often it was asked for or throttled. */
export interface Contributor {
  /** Attributes of the key by name, as the API shows values. */
  key: Record<string, { S: string } | { N: string } | { B: Uint8Array }>;
  /** How often it was counted: never less than it happened. */
  count: number;
  /** What of `count` may have been other keys': 0 unless more keys were asked for than are kept. */
  excess: number;
}

/** The most frequent keys, at most 100 to a list, the most frequent first. The lists of items are empty without a sort key. */
export interface Contributors {
  accessedPartitions: Contributor[];
  accessedItems: Contributor[];
  throttledPartitions: Contributor[];
  throttledItems: Contributor[];
}

/** The cluster inside a database: what it is made of, what happens in it, its network and its time. Made by the database. */
export class Cluster {
  private readonly events: ClusterEvents;

  constructor(private readonly session: Session) {
    this.events = new ClusterEvents(session);
  }

  /** Partitions, replicas and log positions as they are now. */
  describe(): ClusterDescription {
    return this.session.describe() as ClusterDescription;
  }

  /**
   * The keys of a table, or of one of its global indexes, that were asked for most and throttled most since
   * UpdateContributorInsights enabled counting. All lists are empty where it is not enabled.
   *
   * @throws TypeError if there is no such table or index
   */
  contributors(table: string, index?: string): Contributors {
    // The module's own glue takes any value for a text, and reads past it.
    if (typeof table !== 'string' || (index !== undefined && typeof index !== 'string')) {
      throw new TypeError('cluster.contributors() takes the name of a table, and that of an index');
    }
    const counted = this.session.contributors(table, index);
    if (counted !== undefined) return counted as Contributors;
    throw new TypeError(`there is no ${index === undefined ? '' : `index ${index} of a `}table ${table}`);
  }

  /**
   * Moves a virtual clock on by `ms` milliseconds and lets everything happen that is due by then, in order.
   *
   * @throws Error on a database whose clock is not virtual
   */
  advance(ms: number): void {
    if (!(ms >= 0) || !Number.isFinite(ms)) throw new TypeError(`cluster.advance() takes milliseconds, not ${ms}`);
    this.session.check();
    this.session.advanceTo(this.session.clock.now() + ms);
  }

  /** What happened lately, oldest first: the last 1,024 things out of the ordinary. */
  trace(): ClusterEvent[] {
    this.session.check();
    return this.session.chronicle(0).notes;
  }

  /**
   * Has `handler` called soon after each such event from here on; returns what ends that.
   *
   * A `staleRead` is a read that a replica answered from rows behind what its leader had committed, whether or not the item it was
   * for had changed. It takes a network with latency. `throttled` is told once for each reason for which anything of a request was
   * throttled, and takes `cluster: { throttling: true }`.
   *
   * @throws TypeError for an event that there is not
   */
  on<Name extends ClusterEventName>(event: Name, handler: ClusterEventHandler<Name>): () => void {
    this.session.check();
    return this.events.on(event, handler);
  }

  /** Hands over the last events; the database is closing. */
  close(): void {
    this.events.close();
  }

  /**
   * Changes the simulated network from here on. What the options do not say is as on a network that takes no time and loses nothing.
   *
   * @throws TypeError for options that make no sense
   */
  setNetwork(options: NetworkOptions): void {
    checkNetwork(options);
    this.session.use((engine) => engine.setNetwork(options));
  }
}
