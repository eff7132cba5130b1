// A stream as the engine shows it to readers in the package.

/** One shard. */
export interface FeedShard {
  readonly id: string;
  readonly parent?: string;
  /** An iterator of the oldest record; it does not expire. */
  readonly oldest: string;
  /** One behind the newest record; absent once the shard has ended. */
  readonly newest?: string;
}

/** One stream of a table's changes. */
export interface Feed {
  readonly table: string;
  readonly arn: string;
  /** The Kinesis data stream it goes to, if it goes to one. */
  readonly kinesis?: string;
  /** Whether Kinesis is told times to the microsecond. */
  readonly isMicrosecond: boolean;
  /** Whether changes are recorded still. */
  readonly isRecording: boolean;
  /** Whether changes have been committed that are not recorded yet. */
  readonly isBehind: boolean;
  /** Parents before their children. */
  readonly shards: readonly FeedShard[];
}
