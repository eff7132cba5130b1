// What a database shows of the cluster inside it, and what of its time a caller may turn.
import type { Session } from './session.js';

export interface ReplicaDescription {
  id: number;
  zone: string;
  role: 'leader' | 'follower' | 'log' | 'down';
  /** Sequence numbers in the partition's log. */
  appended: number;
  committed: number;
  applied: number;
}

export interface PartitionDescription {
  id: number;
  table: string;
  index?: string;
  hashRange: [from: string, to: string];
  leader: number | null;
  replicas: ReplicaDescription[];
}

export interface ClusterDescription {
  /** Epoch milliseconds. */
  now: number;
  partitions: PartitionDescription[];
}

export class Cluster {
  constructor(private readonly session: Session) {}

  /** Partitions, replicas and log positions as they are now. */
  describe(): ClusterDescription {
    return this.session.describe() as ClusterDescription;
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

  /** Changes the simulated network from here on. */
  setNetwork(options: object): void {
    this.session.use((engine) => engine.setNetwork(options));
  }
}
