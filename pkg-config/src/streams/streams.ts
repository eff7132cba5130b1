// Functions that are handed a table's changes: what AWS Lambda's event source mappings and Kinesis data streams are for.
import type { Caller } from '../client/caller.js';
import type { Session } from '../session.js';
import type { ChangeRecord, KinesisChange, StreamEvent, StreamEventRecord } from '../types/streams.js';
import type { BatchResponse, FailedBatch } from './delivery.js';
import type { Feed } from './feed.js';
import { compilePattern, type FilterPattern } from './filter.js';
import { kinesisChange, lambdaRecord } from './render.js';
import { type Plan, StreamSubscription } from './subscription.js';

/** What a function may answer: nothing, or the records it failed on where `reportBatchItemFailures` is set. */
// biome-ignore lint/suspicious/noConfusingVoidType: functions that return nothing are the usual ones.
export type HandlerAnswer = BatchResponse | void;

/** A function that is handed batches of changes. */
export type StreamHandler = (event: StreamEvent) => HandlerAnswer | Promise<HandlerAnswer>;

/** A function that is handed what DynamoDB writes to a Kinesis data stream. */
export type KinesisHandler = (changes: KinesisChange[]) => void | Promise<void>;

/** How batches are made and what becomes of those that fail, as AWS Lambda's event source mappings have it. */
export interface DeliverySettings<Item> {
  /** Most changes in a batch: 1 to 10,000, 100 unless said otherwise. */
  batchSize?: number;
  /** How often a batch is tried again: -1, the default, for as long as it takes. */
  maximumRetryAttempts?: number;
  /** Whether a batch that fails is cut in two, each half to be tried by itself. */
  bisectBatchOnFunctionError?: boolean;
  /** Told of batches that were given up. */
  onFailure?: (failure: FailedBatch<Item>) => unknown;
}

/** What {@link Streams.subscribe} takes beside the table and the function. */
export interface SubscribeOptions extends DeliverySettings<StreamEventRecord> {
  /** Where to start: behind the newest change (`'LATEST'`, the default), or at the oldest there is. */
  startingPosition?: 'LATEST' | 'TRIM_HORIZON';
  /** Patterns of which a change must match one to be handed over. */
  filters?: readonly FilterPattern[];
  /** The same as Lambda takes it: patterns as JSON texts. */
  filterCriteria?: { Filters?: readonly { Pattern?: string }[] };
  /** Whether the function answers with the records it failed on: `{ batchItemFailures: [{ itemIdentifier }] }`. */
  reportBatchItemFailures?: boolean;
}

/** What {@link Streams.kinesis} takes beside the ARN and the function. */
export type KinesisOptions = DeliverySettings<KinesisChange> & {
  /** Where to start: at the oldest change of the last day (`'TRIM_HORIZON'`, the default), or behind the newest. */
  startingPosition?: 'LATEST' | 'TRIM_HORIZON';
};

const BATCH_SIZE_MAX = 10_000;
const deliveryNames = ['batchSize', 'maximumRetryAttempts', 'bisectBatchOnFunctionError', 'onFailure', 'startingPosition'];
const subscribeNames = [...deliveryNames, 'filters', 'filterCriteria', 'reportBatchItemFailures'];

/** Hands the changes of tables to functions. Made by the database: `db.streams`. */
export class Streams {
  private readonly subscriptions = new Set<StreamSubscription>();

  /** @internal */
  constructor(
    private readonly session: Session,
    private readonly caller: Caller,
  ) {}

  /**
   * Hands a table's changes to a function, in batches of the shape that AWS Lambda has for them.
   *
   * @throws TypeError for options that make no sense; Error when the table has no stream
   */
  subscribe(table: string, handler: StreamHandler, options: SubscribeOptions = {}): StreamSubscription {
    if (typeof handler !== 'function') throw new TypeError('streams.subscribe() takes a function to hand changes to');
    checkOptions(options, subscribeNames);
    const accepts = acceptance(options);
    const own = (feed: Feed): boolean => feed.table === table && feed.kinesis === undefined && feed.isRecording;
    const feed = this.session.feeds().find(own);
    if (feed === undefined) {
      throw new Error(`The table ${table} has no stream: enable one with its StreamSpecification`);
    }
    const { arn } = feed;
    return this.start<StreamEventRecord>(
      {
        select: (feeds) => feeds.filter((one) => one.arn === arn),
        render: (record: ChangeRecord, from: Feed) => {
          const rendered = lambdaRecord(record, from);
          return accepts(rendered) ? rendered : undefined;
        },
        invoke: (Records) => handler({ Records }),
      },
      options,
      options.startingPosition === 'TRIM_HORIZON',
      options.reportBatchItemFailures === true,
    );
  }

  /**
   * Hands a function what DynamoDB writes to a Kinesis data stream, from every table for which EnableKinesisStreamingDestination has
   * named it, now or later.
   *
   * @throws TypeError for options that make no sense
   */
  kinesis(streamArn: string, handler: KinesisHandler, options: KinesisOptions = {}): StreamSubscription {
    if (typeof streamArn !== 'string') throw new TypeError("streams.kinesis() takes a data stream's ARN");
    if (typeof handler !== 'function') throw new TypeError('streams.kinesis() takes a function to hand changes to');
    checkOptions(options, deliveryNames);
    return this.start<KinesisChange>(
      {
        select: (feeds) => feeds.filter((feed) => feed.kinesis === streamArn),
        render: kinesisChange,
        invoke: handler,
      },
      options,
      options.startingPosition !== 'LATEST',
      false,
    );
  }

  /** Ends all subscriptions. */
  close(): void {
    for (const subscription of [...this.subscriptions]) subscription.close();
  }

  private start<Item>(
    what: Pick<Plan<Item>, 'select' | 'render'> & { invoke(items: Item[]): unknown },
    settings: DeliverySettings<Item>,
    fromOldest: boolean,
    reportBatchItemFailures: boolean,
  ): StreamSubscription {
    const plan: Plan<Item> = {
      select: what.select,
      render: what.render,
      fromOldest,
      batchSize: settings.batchSize ?? 100,
      delivery: {
        invoke: what.invoke,
        maximumRetryAttempts: settings.maximumRetryAttempts ?? -1,
        bisectBatchOnFunctionError: settings.bisectBatchOnFunctionError === true,
        reportBatchItemFailures,
        onFailure: settings.onFailure,
      },
    };
    const reach = { session: this.session, caller: this.caller };
    const subscription = new StreamSubscription(reach, plan, (closed) => this.subscriptions.delete(closed));
    this.subscriptions.add(subscription);
    return subscription;
  }
}

function acceptance({ filters, filterCriteria }: SubscribeOptions): (record: StreamEventRecord) => boolean {
  expect(filters === undefined || Array.isArray(filters), 'filters', 'a list of patterns');
  const criteria = filterCriteria?.Filters;
  const isAbsent = filterCriteria === undefined;
  expect(isAbsent || Array.isArray(criteria), 'filterCriteria', 'an object with a list of Filters');
  const patterns: unknown[] = [...(filters ?? []), ...(criteria ?? []).map(parsedPattern)];
  const matches = patterns.map((pattern) => compilePattern(pattern));
  return (record) => matches.length === 0 || matches.some((match) => match(record));
}

function parsedPattern(filter: { Pattern?: string }, at: number): unknown {
  try {
    return JSON.parse(filter.Pattern as string);
  } catch {
    throw new TypeError(`filterCriteria.Filters[${at}].Pattern must be a JSON text`);
  }
}

function checkOptions(options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError('The options of a subscription must be an object');
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw new TypeError(`Unknown option '${name}'; there are ${names.join(', ')}`);
  }
  const { batchSize, maximumRetryAttempts, startingPosition, onFailure } = options as SubscribeOptions;
  const { bisectBatchOnFunctionError, reportBatchItemFailures } = options as SubscribeOptions;
  expect(isSwitch(bisectBatchOnFunctionError), 'bisectBatchOnFunctionError', 'true or false');
  expect(isSwitch(reportBatchItemFailures), 'reportBatchItemFailures', 'true or false');
  expect(batchSize === undefined || isWithin(batchSize, 1, BATCH_SIZE_MAX), 'batchSize', `1 to ${BATCH_SIZE_MAX}`);
  expect(
    maximumRetryAttempts === undefined || isWithin(maximumRetryAttempts, -1, 10_000),
    'maximumRetryAttempts',
    '-1 to 10000',
  );
  const isPosition = startingPosition === undefined || startingPosition === 'LATEST' || startingPosition === 'TRIM_HORIZON';
  expect(isPosition, 'startingPosition', "'LATEST' or 'TRIM_HORIZON'");
  expect(onFailure === undefined || typeof onFailure === 'function', 'onFailure', 'a function');
}

function isSwitch(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean';
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function expect(holds: boolean, option: string, wanted: string): void {
  if (!holds) throw new TypeError(`${option} must be ${wanted}`);
}
