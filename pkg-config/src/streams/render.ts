// Changes as functions are handed them: in AWS Lambda's shape, or as DynamoDB writes them to Kinesis. Both are JSON.
import type { AttributeValue } from '../types/api.js';
import type {
  ChangeRecord,
  EventAttributeValue,
  EventIdentity,
  EventImage,
  KinesisChange,
  StreamEventRecord,
} from '../types/streams.js';
import type { Feed } from './feed.js';

/** What GetRecords answers has all members that the types of AWS's model leave open. */
type Complete = { [Member in keyof ChangeRecord]-?: NonNullable<ChangeRecord[Member]> } & {
  dynamodb: {
    [Member in keyof NonNullable<ChangeRecord['dynamodb']>]-?: NonNullable<NonNullable<ChangeRecord['dynamodb']>[Member]>;
  };
};

/** A change as AWS Lambda hands it to a function. */
export function lambdaRecord(record: ChangeRecord, feed: Feed): StreamEventRecord {
  const { eventID, eventName, eventVersion, awsRegion, dynamodb } = record as Complete;
  const identity = identityOf(record);
  return {
    eventID,
    eventName,
    eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion,
    dynamodb: {
      ApproximateCreationDateTime: dynamodb.ApproximateCreationDateTime.getTime() / 1000,
      ...images(record),
      SequenceNumber: dynamodb.SequenceNumber,
      SizeBytes: dynamodb.SizeBytes,
      StreamViewType: dynamodb.StreamViewType,
    },
    ...(identity === undefined ? {} : { userIdentity: identity }),
    eventSourceARN: feed.arn,
  };
}

/** A change as DynamoDB writes it to a Kinesis data stream. */
export function kinesisChange(record: ChangeRecord, feed: Feed): KinesisChange {
  const { eventID, eventName, awsRegion, dynamodb } = record as Complete;
  const milliseconds = dynamodb.ApproximateCreationDateTime.getTime();
  return {
    awsRegion,
    eventID,
    eventName,
    userIdentity: identityOf(record) ?? null,
    recordFormat: 'application/json',
    tableName: feed.table,
    dynamodb: {
      ApproximateCreationDateTime: feed.isMicrosecond ? milliseconds * 1000 : milliseconds,
      ...images(record),
      SizeBytes: dynamodb.SizeBytes,
      ApproximateCreationDateTimePrecision: feed.isMicrosecond ? 'MICROSECOND' : 'MILLISECOND',
    },
    eventSource: 'aws:dynamodb',
  };
}

function identityOf({ userIdentity }: ChangeRecord): EventIdentity | undefined {
  return userIdentity === undefined ? undefined : { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
}

function images({ dynamodb }: ChangeRecord): { Keys: EventImage; NewImage?: EventImage; OldImage?: EventImage } {
  const { Keys = {}, NewImage, OldImage } = dynamodb ?? {};
  return {
    Keys: image(Keys),
    ...(NewImage === undefined ? {} : { NewImage: image(NewImage) }),
    ...(OldImage === undefined ? {} : { OldImage: image(OldImage) }),
  };
}

function image(attributes: Record<string, AttributeValue>): EventImage {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, json(value)]));
}

/** A value whose binaries are base64. */
function json(value: AttributeValue): EventAttributeValue {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(json) };
  if (value.M !== undefined) return { M: image(value.M) };
  return value as EventAttributeValue;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
