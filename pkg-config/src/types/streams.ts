// The streams API's shapes, and those of what functions that are subscribed to changes are handed.
import type { AttributeValue, KeySchemaElement, StreamViewType } from './api.js';

export interface ListStreamsInput {
  TableName?: string | undefined;
  Limit?: number | undefined;
  ExclusiveStartStreamArn?: string | undefined;
}
export interface ListStreamsOutput {
  Streams?: { StreamArn?: string | undefined; TableName?: string | undefined; StreamLabel?: string | undefined }[] | undefined;
  LastEvaluatedStreamArn?: string | undefined;
}
export interface DescribeStreamInput {
  StreamArn: string | undefined;
  Limit?: number | undefined;
  ExclusiveStartShardId?: string | undefined;
  ShardFilter?: { Type?: 'CHILD_SHARDS' | undefined; ShardId?: string | undefined } | undefined;
}
export interface Shard {
  ShardId?: string | undefined;
  SequenceNumberRange?: { StartingSequenceNumber?: string | undefined; EndingSequenceNumber?: string | undefined } | undefined;
  ParentShardId?: string | undefined;
}
export interface StreamDescription {
  StreamArn?: string | undefined;
  StreamLabel?: string | undefined;
  StreamStatus?: 'DISABLED' | 'DISABLING' | 'ENABLED' | 'ENABLING' | undefined;
  StreamViewType?: StreamViewType | undefined;
  CreationRequestDateTime?: Date | undefined;
  TableName?: string | undefined;
  KeySchema?: KeySchemaElement[] | undefined;
  Shards?: Shard[] | undefined;
  LastEvaluatedShardId?: string | undefined;
}
export interface DescribeStreamOutput {
  StreamDescription?: StreamDescription | undefined;
}
export interface GetShardIteratorInput {
  StreamArn: string | undefined;
  ShardId: string | undefined;
  ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER' | 'AT_TIMESTAMP' | 'LATEST' | 'TRIM_HORIZON' | undefined;
  SequenceNumber?: string | undefined;
  Timestamp?: Date | undefined;
}
export interface GetShardIteratorOutput {
  ShardIterator?: string | undefined;
}
export interface GetRecordsInput {
  ShardIterator: string | undefined;
  Limit?: number | undefined;
}
export type ChangeName = 'INSERT' | 'MODIFY' | 'REMOVE';
export interface StreamRecord {
  ApproximateCreationDateTime?: Date | undefined;
  Keys?: Record<string, AttributeValue> | undefined;
  NewImage?: Record<string, AttributeValue> | undefined;
  OldImage?: Record<string, AttributeValue> | undefined;
  SequenceNumber?: string | undefined;
  SizeBytes?: number | undefined;
  StreamViewType?: StreamViewType | undefined;
}
export interface ChangeRecord {
  eventID?: string | undefined;
  eventName?: ChangeName | undefined;
  eventVersion?: string | undefined;
  eventSource?: string | undefined;
  awsRegion?: string | undefined;
  dynamodb?: StreamRecord | undefined;
  userIdentity?: { PrincipalId?: string | undefined; Type?: string | undefined } | undefined;
}
export interface GetRecordsOutput {
  Records?: ChangeRecord[] | undefined;
  NextShardIterator?: string | undefined;
}

/** Input and output of every operation of the streams API, by its name. */
export interface StreamsOperations {
  DescribeStream: { input: DescribeStreamInput; output: DescribeStreamOutput };
  GetRecords: { input: GetRecordsInput; output: GetRecordsOutput };
  GetShardIterator: { input: GetShardIteratorInput; output: GetShardIteratorOutput };
  ListStreams: { input: ListStreamsInput; output: ListStreamsOutput };
}

/** An attribute value as events hold it: JSON, so binary is base64. */
export type EventAttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: boolean }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }
  | { L: EventAttributeValue[] }
  | { M: EventImage };

/** A key or an item as events hold it. */
export type EventImage = { [attribute: string]: EventAttributeValue };

/** Who changed an item, when it was not a caller. */
export interface EventIdentity {
  type: 'Service';
  principalId: 'dynamodb.amazonaws.com';
}

/** One change, as AWS Lambda hands it to a function. */
export interface StreamEventRecord {
  eventID: string;
  eventName: ChangeName;
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  eventSourceARN: string;
  dynamodb: {
    /** Whole seconds since the epoch. */
    ApproximateCreationDateTime: number;
    Keys: EventImage;
    NewImage?: EventImage;
    OldImage?: EventImage;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: StreamViewType;
  };
  /** Present when the item had expired. */
  userIdentity?: EventIdentity;
}

/** A batch, as AWS Lambda hands it to a function. */
export interface StreamEvent {
  Records: StreamEventRecord[];
}

/** One change, as DynamoDB writes it to a Kinesis data stream. */
export interface KinesisChange {
  awsRegion: string;
  eventID: string;
  eventName: ChangeName;
  userIdentity: EventIdentity | null;
  recordFormat: 'application/json';
  tableName: string;
  dynamodb: {
    /** Milliseconds or microseconds since the epoch. */
    ApproximateCreationDateTime: number;
    ApproximateCreationDateTimePrecision: 'MILLISECOND' | 'MICROSECOND';
    Keys: EventImage;
    NewImage?: EventImage;
    OldImage?: EventImage;
    SizeBytes: number;
  };
  eventSource: 'aws:dynamodb';
}
