// Loads the sample table into a running endpoint, through the AWS SDK as any application would.

import { readFileSync } from 'node:fs';
import { inRoot } from '../lib/paths.mjs';
import { movieItems, moviesTable } from './movies.mjs';

const BATCH = 25;

/** Creates and fills the table unless it is there. Answers how many items it put. */
export async function loadSample(endpoint) {
  // It would say that a later SDK wants a later Node; ours is pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { CreateTableCommand, DynamoDBClient, waitUntilTableExists } = await import('@aws-sdk/client-dynamodb');
  const { BatchWriteCommand, DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb');
  const client = new DynamoDBClient({
    endpoint,
    region: 'local-1',
    credentials: { accessKeyId: 'sample', secretAccessKey: 'sample' },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const TableName = moviesTable.TableName;
  try {
    await client.send(new CreateTableCommand(moviesTable));
  } catch (error) {
    if (error.name === 'ResourceInUseException') return 0;
    throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { TableName });
  const items = movieItems(JSON.parse(readFileSync(inRoot('node_modules/vega-datasets/data/movies.json'), 'utf8')));
  for (let first = 0; first < items.length; first += BATCH) {
    let RequestItems = { [TableName]: items.slice(first, first + BATCH).map((Item) => ({ PutRequest: { Item } })) };
    while (RequestItems && Object.keys(RequestItems).length > 0) {
      RequestItems = (await documents.send(new BatchWriteCommand({ RequestItems }))).UnprocessedItems;
    }
  }
  client.destroy();
  return items.length;
}
