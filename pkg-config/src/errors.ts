// The service's exceptions as classes: what an `err instanceof` or an `err.name` of an application written for the AWS SDK expects. Each
// class carries the SDK's shape id, so that the SDK's own classes recognise these errors as theirs too; the members that the
// version 2 SDK gives (`code`, `statusCode`, `retryable`...) are there as well.
import type { AttributeValue, CancellationReason, ThrottlingReason } from './types/api.js';

/** What came with a response. */
export interface ErrorMetadata {
  readonly httpStatusCode: number;
  readonly requestId: string;
  readonly attempts: number;
  readonly totalRetryDelay: number;
}

/** What the engine says of a failed request. */
export interface ServiceFailure {
  readonly name: string;
  readonly message?: string;
  readonly status: number;
  readonly metadata: ErrorMetadata;
  /** Members of the exception: Item, CancellationReasons... */
  readonly members?: Record<string, unknown>;
}

const throttling = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
]);

/** Any error that the service answered with. */
export class DynamoDBServiceException extends Error {
  static readonly shapeId: string = 'smithy.ts.sdk.synthetic.com.amazonaws.dynamodb#DynamoDBServiceException';
  readonly $fault: 'client' | 'server';
  readonly $metadata: ErrorMetadata;
  readonly $retryable: { throttling: boolean } | undefined;
  /** The HTTP exchange behind the error; there is none in the process, so only its status is known. */
  declare readonly $response: { statusCode: number; headers: Record<string, string> };
  /** The error's name as the service qualifies it. */
  readonly __type: string;
  /** The error's name, as the version 2 SDK calls it. */
  readonly code: string;
  readonly statusCode: number;
  readonly requestId: string;
  readonly time: Date;
  readonly retryable: boolean;

  constructor(failure: ServiceFailure) {
    super(failure.message ?? 'UnknownError');
    const isServer = failure.status >= 500;
    const isThrottling = throttling.has(failure.name);
    // Enumerable both, as the AWS SDK's: an error that is logged as JSON says what it is.
    for (const [member, value] of Object.entries({ name: failure.name, message: this.message })) {
      Object.defineProperty(this, member, { value, writable: true, enumerable: true, configurable: true });
    }
    this.$fault = isServer ? 'server' : 'client';
    const { httpStatusCode, requestId, attempts, totalRetryDelay } = failure.metadata;
    // Plain, so that whatever logs or copies the error gets all of it.
    this.$metadata = { httpStatusCode, requestId, attempts, totalRetryDelay };
    this.$retryable = isThrottling ? { throttling: true } : undefined;
    this.__type = typeName(failure.name);
    this.code = failure.name;
    this.statusCode = failure.status;
    this.requestId = requestId;
    this.time = new Date();
    this.retryable = isServer || isThrottling;
    Object.assign(this, failure.members);
    Object.defineProperty(this, '$response', { value: { statusCode: failure.status, headers: {} } });
  }
}

/** A backup is being made or restored. */
export class BackupInUseException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#BackupInUseException';
}

/** There is no such backup. */
export class BackupNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#BackupNotFoundException';
}

/** A write whose condition did not hold, so that nothing was written. */
export class ConditionalCheckFailedException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ConditionalCheckFailedException';
  /** The item that failed the condition, where the request asked for it; in DynamoDB JSON. */
  declare Item?: Record<string, AttributeValue>;
}

/** Continuous backups are not enabled for the table. */
export class ContinuousBackupsUnavailableException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ContinuousBackupsUnavailableException';
}

/** A PartiQL INSERT of an item whose key is taken. */
export class DuplicateItemException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#DuplicateItemException';
}

/** An export with other settings has the same client token. */
export class ExportConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ExportConflictException';
}

/** There is no such export. */
export class ExportNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ExportNotFoundException';
}

/** The global table is there already. */
export class GlobalTableAlreadyExistsException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#GlobalTableAlreadyExistsException';
}

/** There is no such global table. */
export class GlobalTableNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#GlobalTableNotFoundException';
}

/** A client request token that was sent before, with other parameters. */
export class IdempotentParameterMismatchException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#IdempotentParameterMismatchException';
}

/** An import with other settings has the same client token. */
export class ImportConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ImportConflictException';
}

/** There is no such import. */
export class ImportNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ImportNotFoundException';
}

/** The table has no such index. */
export class IndexNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#IndexNotFoundException';
}

/** An endpoint that must be discovered anew. */
export class InvalidEndpointException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InvalidEndpointException';
}

/** A time from which the table cannot be exported. */
export class InvalidExportTimeException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InvalidExportTimeException';
}

/** A time to which the table cannot be restored. */
export class InvalidRestoreTimeException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InvalidRestoreTimeException';
}

/** A write that would make an item collection larger than 10 GB. */
export class ItemCollectionSizeLimitExceededException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ItemCollectionSizeLimitExceededException';
}

/** Too many control plane operations at once, or a quota of the account. */
export class LimitExceededException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#LimitExceededException';
}

/** Point-in-time recovery is not enabled for the table. */
export class PointInTimeRecoveryUnavailableException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#PointInTimeRecoveryUnavailableException';
}

/** The resource has no policy, or not the revision that was expected. */
export class PolicyNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#PolicyNotFoundException';
}

/** Throttled: more was asked for than a table, an index or a partition has capacity for. Try again later. */
export class ProvisionedThroughputExceededException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ProvisionedThroughputExceededException';
  /** What was throttled, and why. */
  declare ThrottlingReasons?: ThrottlingReason[];
}

/** The global table has that replica already. */
export class ReplicaAlreadyExistsException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ReplicaAlreadyExistsException';
}

/** The global table has no such replica. */
export class ReplicaNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ReplicaNotFoundException';
}

/** A write that met one of another region. */
export class ReplicatedWriteConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ReplicatedWriteConflictException';
}

/** A table that is there already, or is in a state that does not allow the operation. */
export class ResourceInUseException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ResourceInUseException';
}

/** There is no such table, index or stream, or it is not ACTIVE yet. */
export class ResourceNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ResourceNotFoundException';
}

/** The table that a backup or an import should become is there already. */
export class TableAlreadyExistsException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TableAlreadyExistsException';
}

/** The table is being created, changed or deleted. */
export class TableInUseException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TableInUseException';
}

/** The table of a backup, an export or an import is not there. */
export class TableNotFoundException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TableNotFoundException';
}

/** Throttled: the requests come too fast. */
export class ThrottlingException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ThrottlingException';
  /** What was throttled, and why. */
  declare throttlingReasons?: ThrottlingReason[];
}

/** A transaction that was not carried out; its reasons say which action stood in the way. */
export class TransactionCanceledException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TransactionCanceledException';
  /** One reason for each action, in order. */
  declare CancellationReasons?: CancellationReason[];
}

/** A request that met a transaction under way on the same item. Try again. */
export class TransactionConflictException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TransactionConflictException';
}

/** A transaction with the same client request token is under way. */
export class TransactionInProgressException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TransactionInProgressException';
}

/** A shard iterator older than fifteen minutes. */
export class ExpiredIteratorException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#ExpiredIteratorException';
}

/** Stream records that are no longer kept. */
export class TrimmedDataAccessException extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#TrimmedDataAccessException';
}

/** The service has failed. Here it is a bug. */
export class InternalServerError extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#InternalServerError';
}

/** Throttled: the account has asked for more than its quota. */
export class RequestLimitExceeded extends DynamoDBServiceException {
  static override readonly shapeId: string = 'com.amazonaws.dynamodb#RequestLimitExceeded';
  /** What was throttled, and why. */
  declare ThrottlingReasons?: ThrottlingReason[];
}

const classes: Record<string, typeof DynamoDBServiceException> = {
  BackupInUseException,
  BackupNotFoundException,
  ConditionalCheckFailedException,
  ContinuousBackupsUnavailableException,
  DuplicateItemException,
  ExportConflictException,
  ExportNotFoundException,
  GlobalTableAlreadyExistsException,
  GlobalTableNotFoundException,
  IdempotentParameterMismatchException,
  ImportConflictException,
  ImportNotFoundException,
  IndexNotFoundException,
  InvalidEndpointException,
  InvalidExportTimeException,
  InvalidRestoreTimeException,
  ItemCollectionSizeLimitExceededException,
  LimitExceededException,
  PointInTimeRecoveryUnavailableException,
  PolicyNotFoundException,
  ProvisionedThroughputExceededException,
  ReplicaAlreadyExistsException,
  ReplicaNotFoundException,
  ReplicatedWriteConflictException,
  ResourceInUseException,
  ResourceNotFoundException,
  TableAlreadyExistsException,
  TableInUseException,
  TableNotFoundException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  ExpiredIteratorException,
  TrimmedDataAccessException,
  InternalServerError,
  RequestLimitExceeded,
};

/** An error of the class that its name asks for; names outside the API's model are plain {@link DynamoDBServiceException}s. */
export function serviceException(failure: ServiceFailure): DynamoDBServiceException {
  const Exception = Object.hasOwn(classes, failure.name) ? classes[failure.name]! : DynamoDBServiceException;
  return new Exception(failure);
}

/** What the framework answers with before it looks at an operation; the engine's `Error::type_prefix` sorts them for bodies. */
const coralServiceNames = new Set([
  'SerializationException',
  'UnknownOperationException',
  'RequestEntityTooLargeException',
  'AccessDeniedException',
  'MissingAuthenticationTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'UnrecognizedClientException',
  'InternalFailure',
]);

/** The name with the prefix under which the service sends it. */
function typeName(name: string): string {
  if (name === 'ValidationException') return `com.amazon.coral.validate#${name}`;
  return `${coralServiceNames.has(name) ? 'com.amazon.coral.service' : 'com.amazonaws.dynamodb.v20120810'}#${name}`;
}

/** A call on a database that has been closed. */
export class DatabaseClosedError extends Error {
  override readonly name = 'DatabaseClosedError';
  readonly code = 'DatabaseClosedError';

  constructor() {
    super('The database is closed: open it again with Snowglobe.open()');
  }
}

/** A call on an engine that met a broken invariant. It answers nothing more, because its answers could be wrong. */
export class EngineFailedError extends Error {
  override readonly name = 'EngineFailedError';
  readonly code = 'EngineFailedError';

  constructor(cause: unknown) {
    super(
      `The engine has failed and refuses further calls (${cause instanceof Error ? cause.message : String(cause)}). This is a bug in snowglobe, please report it. Open the database again to go on from what is stored`,
      { cause },
    );
  }
}

/** A request that its caller has aborted. */
export class AbortError extends Error {
  override readonly name = 'AbortError';
  readonly code = 'AbortError';

  constructor(reason?: unknown) {
    super('Request aborted', { cause: reason });
  }
}
