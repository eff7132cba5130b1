// Tables through the AWS SDK: making, describing, changing, listing and deleting them, with every member that a request has today.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  paginateListTables,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { withSdk } from '../../support/region.mjs';

const key = { AttributeName: 'id', KeyType: 'HASH' };
const S = (AttributeName) => ({ AttributeName, AttributeType: 'S' });
const N = (AttributeName) => ({ AttributeName, AttributeType: 'N' });

withSdk('tables', (region) => {
  test('a table on demand is active at once and described in full', async () => {
    const TableName = region.name();
    const before = Date.now();
    const { TableDescription } = await region.dynamo.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [S('id')],
      KeySchema: [key],
    });
    const { Table } = await region.dynamo.describeTable({ TableName });
    assert.equal(Table.TableName, TableName);
    assert.equal(Table.TableStatus, 'ACTIVE');
    assert.deepEqual(Table.KeySchema, [key]);
    assert.deepEqual(Table.AttributeDefinitions, [S('id')]);
    assert.equal(Table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
    assert.equal(Table.ProvisionedThroughput.ReadCapacityUnits, 0);
    assert.equal(Table.ProvisionedThroughput.WriteCapacityUnits, 0);
    assert.equal(Table.ItemCount, 0);
    assert.equal(Table.TableSizeBytes, 0);
    assert.match(Table.TableArn, new RegExp(`^arn:aws:dynamodb:local-1:\\d{12}:table/${TableName}$`));
    assert.match(Table.TableId, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    assert.deepEqual(
      { read: Table.WarmThroughput.ReadUnitsPerSecond, write: Table.WarmThroughput.WriteUnitsPerSecond },
      { read: 12_000, write: 4_000 },
    );
    // Times are in seconds on the wire, so one may seem to lie a second back.
    assert.ok(Table.CreationDateTime.getTime() >= before - 1000 && Table.CreationDateTime.getTime() <= Date.now() + 1000);
    assert.equal(TableDescription.TableId, Table.TableId);
  });

  test('a provisioned table shows its capacity', async () => {
    const TableName = region.name();
    await region.dynamo.createTable({
      TableName,
      AttributeDefinitions: [S('id')],
      KeySchema: [key],
      ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 3 },
    });
    const { Table } = await region.dynamo.describeTable({ TableName });
    assert.equal(Table.ProvisionedThroughput.ReadCapacityUnits, 7);
    assert.equal(Table.ProvisionedThroughput.WriteCapacityUnits, 3);
    assert.equal(Table.ProvisionedThroughput.NumberOfDecreasesToday, 0);
    assert.notEqual(Table.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST');
  });

  test('everything that CreateTable takes is kept', async () => {
    const TableName = region.name();
    await region.dynamo.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [S('id'), N('at'), S('kind'), N('size')],
      KeySchema: [key, { AttributeName: 'at', KeyType: 'RANGE' }],
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-size',
          KeySchema: [key, { AttributeName: 'size', KeyType: 'RANGE' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-kind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
          OnDemandThroughput: { MaxReadRequestUnits: 50, MaxWriteRequestUnits: 60 },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { Enabled: true, SSEType: 'KMS' },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      DeletionProtectionEnabled: true,
      OnDemandThroughput: { MaxReadRequestUnits: 100, MaxWriteRequestUnits: 200 },
      WarmThroughput: { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 5_000 },
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    const { Table } = await region.dynamo.describeTable({ TableName });
    assert.equal(Table.TableClassSummary.TableClass, 'STANDARD_INFREQUENT_ACCESS');
    assert.equal(Table.DeletionProtectionEnabled, true);
    assert.deepEqual(Table.OnDemandThroughput, { MaxReadRequestUnits: 100, MaxWriteRequestUnits: 200 });
    assert.equal(Table.WarmThroughput.ReadUnitsPerSecond, 13_000);
    assert.equal(Table.WarmThroughput.WriteUnitsPerSecond, 5_000);
    assert.deepEqual(Table.StreamSpecification, { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
    assert.ok(Table.LatestStreamArn.startsWith(`${Table.TableArn}/stream/`));
    assert.equal(Table.LatestStreamArn, `${Table.TableArn}/stream/${Table.LatestStreamLabel}`);
    assert.equal(Table.SSEDescription.Status, 'ENABLED');
    assert.equal(Table.SSEDescription.SSEType, 'KMS');
    const [local] = Table.LocalSecondaryIndexes;
    assert.equal(local.IndexName, 'by-size');
    assert.equal(local.IndexArn, `${Table.TableArn}/index/by-size`);
    assert.deepEqual(local.Projection, { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] });
    const [global] = Table.GlobalSecondaryIndexes;
    assert.equal(global.IndexStatus, 'ACTIVE');
    assert.equal(global.IndexArn, `${Table.TableArn}/index/by-kind`);
    assert.deepEqual(global.Projection, { ProjectionType: 'KEYS_ONLY' });
    assert.deepEqual(global.OnDemandThroughput, { MaxReadRequestUnits: 50, MaxWriteRequestUnits: 60 });
    await region.dynamo.updateTable({ TableName, DeletionProtectionEnabled: false });
  });

  test('a table is addressed by its ARN as well', async () => {
    const TableName = await region.table();
    const { Table } = await region.dynamo.describeTable({ TableName });
    await region.dynamo.putItem({ TableName, Item: { id: { S: 'a' } } });
    const { Item } = await region.call('GetItem', { TableName: Table.TableArn, Key: { id: { S: 'a' } } });
    assert.deepEqual(Item, { id: { S: 'a' } });
  });

  test('size and count follow the writes', async () => {
    const TableName = await region.table();
    await region.dynamo.putItem({ TableName, Item: { id: { S: 'abc' }, n: { N: '1' } } });
    await region.dynamo.putItem({ TableName, Item: { id: { S: 'abd' } } });
    const { Table } = await region.dynamo.describeTable({ TableName });
    assert.equal(Table.ItemCount, 2);
    assert.equal(Table.TableSizeBytes, 2 + 3 + 1 + 2 + 2 + 3);
  });

  test('a name is taken once', async () => {
    const TableName = await region.table();
    const again = region.dynamo.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [S('id')],
      KeySchema: [key],
    });
    await assert.rejects(again, (error) => {
      assert.ok(error instanceof ResourceInUseException);
      assert.equal(error.message, `Table already exists: ${TableName}`);
      return true;
    });
  });

  test('billing mode, capacity, class and protection are changed', async () => {
    const TableName = await region.table();
    await region.dynamo.updateTable({
      TableName,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    });
    let { Table } = await region.dynamo.describeTable({ TableName });
    assert.equal(Table.ProvisionedThroughput.ReadCapacityUnits, 5);
    assert.equal(Table.BillingModeSummary?.BillingMode ?? 'PROVISIONED', 'PROVISIONED');
    await region.dynamo.updateTable({ TableName, ProvisionedThroughput: { ReadCapacityUnits: 8, WriteCapacityUnits: 6 } });
    ({ Table } = await region.dynamo.describeTable({ TableName }));
    assert.equal(Table.ProvisionedThroughput.ReadCapacityUnits, 8);
    assert.ok(Table.ProvisionedThroughput.LastIncreaseDateTime instanceof Date);
    await region.dynamo.updateTable({ TableName, BillingMode: 'PAY_PER_REQUEST' });
    await region.dynamo.updateTable({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' });
    await region.dynamo.updateTable({ TableName, DeletionProtectionEnabled: true });
    ({ Table } = await region.dynamo.describeTable({ TableName }));
    assert.equal(Table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
    assert.ok(Table.BillingModeSummary.LastUpdateToPayPerRequestDateTime instanceof Date);
    assert.equal(Table.TableClassSummary.TableClass, 'STANDARD_INFREQUENT_ACCESS');
    assert.equal(Table.DeletionProtectionEnabled, true);
  });

  test('a protected table is not deleted', async () => {
    const TableName = await region.table({ DeletionProtectionEnabled: true });
    await assert.rejects(region.dynamo.deleteTable({ TableName }), {
      name: 'ValidationException',
      message: 'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    });
    await region.dynamo.updateTable({ TableName, DeletionProtectionEnabled: false });
    await region.dynamo.deleteTable({ TableName });
  });

  test('on-demand ceilings merge, and go with -1', async () => {
    const TableName = await region.table();
    await region.dynamo.updateTable({ TableName, OnDemandThroughput: { MaxReadRequestUnits: 10 } });
    await region.dynamo.updateTable({ TableName, OnDemandThroughput: { MaxWriteRequestUnits: 20 } });
    let { Table } = await region.dynamo.describeTable({ TableName });
    assert.deepEqual(Table.OnDemandThroughput, { MaxReadRequestUnits: 10, MaxWriteRequestUnits: 20 });
    const { TableDescription } = await region.dynamo.updateTable({
      TableName,
      OnDemandThroughput: { MaxReadRequestUnits: -1 },
    });
    assert.deepEqual(TableDescription.OnDemandThroughput, { MaxReadRequestUnits: -1, MaxWriteRequestUnits: 20 });
    ({ Table } = await region.dynamo.describeTable({ TableName }));
    assert.deepEqual(Table.OnDemandThroughput, { MaxWriteRequestUnits: 20 });
  });

  test('a stream is switched on and off', async () => {
    const TableName = await region.table();
    await region.dynamo.updateTable({ TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } });
    let { Table } = await region.dynamo.describeTable({ TableName });
    assert.deepEqual(Table.StreamSpecification, { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    await region.dynamo.updateTable({ TableName, StreamSpecification: { StreamEnabled: false } });
    ({ Table } = await region.dynamo.describeTable({ TableName }));
    assert.equal(Table.StreamSpecification, undefined);
  });

  test('a table that is gone is gone, and its name is free', async () => {
    const TableName = await region.table();
    await region.dynamo.putItem({ TableName, Item: { id: { S: 'a' } } });
    const { TableDescription } = await region.dynamo.deleteTable({ TableName });
    assert.equal(TableDescription.TableName, TableName);
    assert.equal(TableDescription.TableStatus, 'DELETING');
    await assert.rejects(region.dynamo.describeTable({ TableName }), (error) => {
      assert.ok(error instanceof ResourceNotFoundException);
      assert.equal(error.message, `Requested resource not found: Table: ${TableName} not found`);
      return true;
    });
    await region.table({ TableName });
    const { Item } = await region.dynamo.getItem({ TableName, Key: { id: { S: 'a' } } });
    assert.equal(Item, undefined);
  });

  test('the waiters see tables come and go at the first look', async () => {
    const TableName = await region.table();
    const began = Date.now();
    const waiter = { client: region.dynamo, maxWaitTime: 30 };
    const exists = await waitUntilTableExists(waiter, { TableName });
    assert.equal(exists.state, 'SUCCESS');
    await region.dynamo.deleteTable({ TableName });
    const gone = await waitUntilTableNotExists(waiter, { TableName });
    assert.equal(gone.state, 'SUCCESS');
    assert.ok(Date.now() - began < 20_000, 'a second look would have come after 20 seconds');
  });

  test('limits and endpoints', async () => {
    const limits = await region.dynamo.describeLimits({});
    assert.equal(limits.AccountMaxReadCapacityUnits, 80_000);
    assert.equal(limits.AccountMaxWriteCapacityUnits, 80_000);
    assert.equal(limits.TableMaxReadCapacityUnits, 40_000);
    assert.equal(limits.TableMaxWriteCapacityUnits, 40_000);
    const { Endpoints } = await region.dynamo.describeEndpoints({});
    assert.deepEqual(Endpoints, [{ Address: 'dynamodb.local-1.amazonaws.com', CachePeriodInMinutes: 1440 }]);
  });
});

withSdk('lists of tables', (region) => {
  test('pages of names in order', async () => {
    const names = Array.from({ length: 105 }, (_, n) => `list-${String(n).padStart(3, '0')}`);
    for (const TableName of [...names].reverse()) await region.table({ TableName });
    const first = await region.dynamo.listTables({});
    assert.deepEqual(first.TableNames, names.slice(0, 100));
    assert.equal(first.LastEvaluatedTableName, 'list-099');
    const rest = await region.dynamo.listTables({ ExclusiveStartTableName: first.LastEvaluatedTableName });
    assert.deepEqual(rest.TableNames, names.slice(100));
    assert.equal(rest.LastEvaluatedTableName, undefined);
    const between = await region.dynamo.listTables({ ExclusiveStartTableName: 'list-050x', Limit: 2 });
    assert.deepEqual(between.TableNames, ['list-051', 'list-052']);
    const all = [];
    for await (const page of paginateListTables({ client: region.dynamo, pageSize: 40 }, {})) all.push(page.TableNames);
    assert.deepEqual(
      all.map(({ length }) => length),
      [40, 40, 25],
    );
    assert.deepEqual(all.flat(), names);
  });
});
