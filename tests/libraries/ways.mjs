// The two ways in which a library reaches a region, so that each scenario is written once: an SDK client in the process, and one that
// talks to `snowglobe serve`.

import { after, before, describe } from 'node:test';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Snowglobe } from 'snowglobe';
import { startServer } from '../support/server.mjs';

/**
 * Runs `scenario(open)` once a way; `open()` gives the client that `before` has opened.
 * @param {string} name
 * @param {(client: () => DynamoDB) => void} scenario
 */
export function bothWays(name, scenario) {
  describe(`${name}, in process`, () => {
    let db;
    let client;
    before(async () => {
      db = await Snowglobe.open({ storage: 'memory' });
      client = new DynamoDB(db.clientConfig());
    });
    after(() => db.close());
    scenario(() => client);
  });
  describe(`${name}, over HTTP`, () => {
    let server;
    let client;
    before(async () => {
      server = await startServer('--memory');
      const credentials = { accessKeyId: 'libraries', secretAccessKey: 'libraries' };
      client = new DynamoDB({ endpoint: server.endpoint, region: 'local-1', credentials });
    });
    after(async () => {
      client.destroy();
      await server.stop();
    });
    scenario(() => client);
  });
}

/** One table for many kinds of entity, with the indexes that single-table designs have. */
export const singleTable = (TableName, indexes) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', ...indexes.flatMap((index) => [`${index}pk`, `${index}sk`])].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: indexes.map((index) => ({
    IndexName: index,
    KeySchema: [
      { AttributeName: `${index}pk`, KeyType: 'HASH' },
      { AttributeName: `${index}sk`, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  })),
});
