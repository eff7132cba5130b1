// Checked by `tsc` alone, never run: the package's types against the AWS SDK's, and against how users write calls.

import type * as sdk from '@aws-sdk/client-dynamodb';
import { type DynamoDB, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type * as sdkStreams from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import type * as lib from '@aws-sdk/lib-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type * as snowglobe from 'snowglobe';
import { Snowglobe } from 'snowglobe';

/** Fails to compile unless each type takes the other. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { onlyTheirs: B }) : { onlyOurs: A };
function holds<_Condition extends true>(): void {}

// Every operation is there, with the SDK's inputs and outputs.
type Methods<Client> = {
  [Name in keyof Client as Client[Name] extends (input: never, options?: object) => Promise<unknown>
    ? Name extends `${'waitUntil' | 'paginate' | 'send'}${string}`
      ? never
      : Name
    : never]: true;
};
holds<Same<keyof snowglobe.Operations, keyof Methods<DynamoDB> | keyof Methods<DynamoDBStreams>>>();
type Changes = snowglobe.StreamsApi.StreamsOperations;
holds<Same<Changes['ListStreams']['output'], sdkStreams.ListStreamsOutput>>();
holds<Same<Changes['DescribeStream']['input'], sdkStreams.DescribeStreamInput>>();
holds<Same<Changes['DescribeStream']['output'], sdkStreams.DescribeStreamOutput>>();
// The SDK for JavaScript does not have AT_TIMESTAMP yet, botocore's model does: once this fails the two are the same again.
type IteratorInput = Changes['GetShardIterator']['input'];
holds<Same<Exclude<keyof IteratorInput, 'Timestamp'>, keyof sdkStreams.GetShardIteratorInput>>();
holds<Fits<sdkStreams.GetShardIteratorInput, IteratorInput>>();
holds<Same<Changes['GetRecords']['output'], sdkStreams.GetRecordsOutput>>();
type Api = snowglobe.Api.ApiOperations;
holds<Same<Api['PutItem']['input'], sdk.PutItemInput>>();
holds<Same<Api['PutItem']['output'], sdk.PutItemOutput>>();
holds<Same<Api['Query']['input'], sdk.QueryInput>>();
holds<Same<Api['CreateTable']['input'], sdk.CreateTableInput>>();
holds<Same<Api['DescribeTable']['output'], sdk.DescribeTableOutput>>();
holds<Same<Api['UpdateTable']['input'], sdk.UpdateTableInput>>();
holds<Same<Api['TransactWriteItems']['input'], sdk.TransactWriteItemsInput>>();
holds<Same<Api['SearchVectors']['output'], sdk.SearchVectorsOutput>>();
holds<Same<snowglobe.Api.AttributeValue, sdk.AttributeValue>>();

// What was written for lib-dynamodb's inputs fits ours.
type Fits<A, B> = A extends B ? true : false;
holds<Fits<lib.GetCommandInput, snowglobe.GetInput>>();
holds<Fits<lib.PutCommandInput, snowglobe.PutInput>>();
holds<Fits<lib.UpdateCommandInput, snowglobe.UpdateInput>>();
holds<Fits<lib.DeleteCommandInput, snowglobe.DeleteInput>>();
holds<Fits<lib.QueryCommandInput, snowglobe.QueryInput>>();
holds<Fits<lib.ScanCommandInput, snowglobe.ScanInput>>();
holds<Fits<lib.BatchGetCommandInput, snowglobe.BatchGetInput>>();
holds<Fits<lib.BatchWriteCommandInput, snowglobe.BatchWriteInput>>();
holds<Fits<lib.TransactGetCommandInput, snowglobe.TransactGetInput>>();
holds<Fits<lib.TransactWriteCommandInput, snowglobe.TransactWriteInput>>();
holds<Fits<lib.ExecuteStatementCommandInput, snowglobe.ExecuteStatementInput>>();
holds<Fits<lib.BatchExecuteStatementCommandInput, snowglobe.BatchExecuteStatementInput>>();
holds<Fits<lib.ExecuteTransactionCommandInput, snowglobe.ExecuteTransactionInput>>();

export async function usage(): Promise<void> {
  const db = await Snowglobe.open({ storage: 'memory', clock: 'virtual', cluster: { network: { latencyMs: [1, 5] } } });
  const client = new DynamoDBClient(db.clientConfig());
  DynamoDBDocumentClient.from(client);
  const doc = db.documentClient({ marshallOptions: { removeUndefinedValues: true }, instanceOf: DynamoDBDocumentClient });
  interface Movie {
    year: number;
    title: string;
  }
  const { Item } = await doc.get<Movie>({ TableName: 'Movie', Key: { year: 2013, title: 'Rush' } });
  const year: number | undefined = Item?.year;
  await doc.get({ TableName: 'Movie', Key: { year } }).promise();
  doc.put({ TableName: 'Movie', Item: { year: 1 } }, (error, data) => console.log(error?.message, data?.Attributes?.['title']));
  await doc.send(new GetCommand({ TableName: 'Movie', Key: { year: 1 } }));
  const created: Date | undefined = (await db.describeTable({ TableName: 'Movie' })).Table?.CreationDateTime;
  console.log(created, (await db.listTables()).TableNames);
  // @ts-expect-error a table needs its key schema
  await db.createTable({ TableName: 5 });
  const off: () => void = db.cluster.on('staleRead', ({ table, applied }) => console.log(table, applied));
  off();
  // @ts-expect-error there is no such event
  db.cluster.on('rain', () => {});
  console.log(db.cluster.trace().map(({ event }) => event satisfies string));
  const subscription = db.streams.subscribe('Movie', (event) => {
    for (const { eventName, dynamodb } of event.Records) console.log(eventName satisfies string, dynamodb.NewImage?.['year']);
  });
  await subscription.drained();
  db.streams.subscribe('Movie', async () => ({ batchItemFailures: [] }), {
    filters: [{ eventName: ['INSERT'] }],
    batchSize: 5,
  });
  // @ts-expect-error there is no such position
  db.streams.subscribe('Movie', () => {}, { startingPosition: 'FIRST' });
  await db.close();
}
