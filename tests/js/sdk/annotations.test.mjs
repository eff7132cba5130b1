// Tags, resource policies and Contributor Insights through the AWS SDK, and what policies let signed requests do.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DynamoDB,
  DynamoDBClient,
  GetItemCommand,
  PolicyNotFoundException,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { Snowglobe } from 'snowglobe';

const account = '123456789012';
const region = 'us-east-1';
const TableName = 'Guarded';
const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/${TableName}`;
const definition = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

describe('tags, policies and insights', () => {
  let db;
  let sdk;

  before(async () => {
    db = await Snowglobe.open({ storage: 'memory', region, account });
    sdk = new DynamoDB(db.clientConfig());
    await sdk.createTable({ ...definition, Tags: [{ Key: 'stage', Value: 'test' }] });
  });

  after(() => db.close());

  test('tags of a table, a page at a time', async () => {
    const { Table } = await sdk.describeTable({ TableName });
    assert.equal(Table.TableArn, ResourceArn);
    const Tags = Array.from({ length: 14 }, (_, number) => ({ Key: `k${number}`, Value: '' }));
    const answer = await sdk.tagResource({ ResourceArn, Tags });
    assert.deepEqual(Object.keys(answer), ['$metadata']);
    const first = await sdk.listTagsOfResource({ ResourceArn });
    const second = await sdk.listTagsOfResource({ ResourceArn, NextToken: first.NextToken });
    assert.deepEqual([...first.Tags, ...second.Tags], [{ Key: 'stage', Value: 'test' }, ...Tags]);
    assert.equal(second.NextToken, undefined);
    await sdk.untagResource({ ResourceArn, TagKeys: Tags.map(({ Key }) => Key) });
    assert.deepEqual(await db.listTagsOfResource({ ResourceArn }).then(({ Tags }) => Tags), [{ Key: 'stage', Value: 'test' }]);
    await assert.rejects(sdk.tagResource({ ResourceArn: `${ResourceArn}s`, Tags: [{ Key: 'a', Value: 'b' }] }), (error) => {
      assert.ok(error instanceof ResourceNotFoundException);
      assert.equal(error.message, `Requested resource not found: ResourceArn: ${ResourceArn}s not found`);
      return true;
    });
    await assert.rejects(sdk.listTagsOfResource({ ResourceArn: `${ResourceArn}s` }), { name: 'AccessDeniedException' });
  });

  test('a policy and its revisions', async () => {
    await assert.rejects(sdk.getResourcePolicy({ ResourceArn }), PolicyNotFoundException);
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'dynamodb:DeleteTable', Resource: ResourceArn }],
    });
    const { RevisionId } = await sdk.putResourcePolicy({ ResourceArn, Policy, ExpectedRevisionId: 'NO_POLICY' });
    assert.match(RevisionId, /^\d+$/);
    const held = await sdk.getResourcePolicy({ ResourceArn });
    assert.deepEqual([held.Policy, held.RevisionId], [Policy, RevisionId]);
    await assert.rejects(sdk.deleteResourcePolicy({ ResourceArn, ExpectedRevisionId: '1' }), PolicyNotFoundException);
    assert.equal((await sdk.deleteResourcePolicy({ ResourceArn })).RevisionId, RevisionId);
  });

  test('insights', async () => {
    const switched = await sdk.updateContributorInsights({ TableName, ContributorInsightsAction: 'ENABLE' });
    assert.equal(switched.ContributorInsightsStatus, 'ENABLING');
    const described = await sdk.describeContributorInsights({ TableName });
    assert.equal(described.ContributorInsightsStatus, 'ENABLED');
    assert.ok(described.LastUpdateDateTime instanceof Date);
    const listed = await sdk.listContributorInsights({});
    assert.deepEqual(listed.ContributorInsightsSummaries, [
      {
        TableName,
        ContributorInsightsStatus: 'ENABLED',
        ContributorInsightsMode: 'ACCESSED_AND_THROTTLED_KEYS',
      },
    ]);
    for (const id of ['one', 'two', 'two']) await sdk.getItem({ TableName, Key: { id: { S: id } } });
    assert.deepEqual(db.cluster.contributors(TableName), {
      accessedPartitions: [
        { key: { id: { S: 'two' } }, count: 2, excess: 0 },
        { key: { id: { S: 'one' } }, count: 1, excess: 0 },
      ],
      accessedItems: [],
      throttledPartitions: [],
      throttledItems: [],
    });
    assert.throws(() => db.cluster.contributors(TableName, 'none'), { name: 'TypeError', message: /index none/ });
    assert.throws(() => db.cluster.contributors('none'), { name: 'TypeError', message: /table none/ });
    for (const names of [[], [5], [{}], [TableName, 5], [TableName, null]]) {
      assert.throws(() => db.cluster.contributors(...names), { name: 'TypeError', message: /takes the name of a table/ });
    }
    assert.ok((await db.listTables()).TableNames.includes(TableName), 'and the database still answers');
  });
});

describe('policies where keys are verified', () => {
  const owner = { accessKeyId: 'OWNER', secretAccessKey: 'one' };
  const guest = { accessKeyId: 'GUEST', secretAccessKey: 'two' };
  const guestArn = 'arn:aws:iam::111122223333:user/guest';
  let db;
  const client = (credentials) => new DynamoDBClient({ region, credentials, requestHandler: db.requestHandler() });

  before(async () => {
    db = await Snowglobe.open({
      storage: 'memory',
      region,
      account,
      credentials: {
        OWNER: owner.secretAccessKey,
        GUEST: { secretAccessKey: guest.secretAccessKey, principal: guestArn },
      },
    });
    await db.createTable(definition);
    await db.putItem({ TableName, Item: { id: { S: 'shared' } } });
  });

  after(() => db.close());

  test('a guest gets what a policy allows', async () => {
    const get = new GetItemCommand({ TableName: ResourceArn, Key: { id: { S: 'shared' } } });
    const put = new PutItemCommand({ TableName: ResourceArn, Item: { id: { S: 'mine' } } });
    const action = 'dynamodb:PutItem';
    await assert.rejects(client(guest).send(get), { name: 'AccessDeniedException' });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: guestArn },
        Action: 'dynamodb:GetItem',
        Resource: ResourceArn,
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['shared'] } },
      },
    });
    await new DynamoDB({ region, credentials: owner, requestHandler: db.requestHandler() }).putResourcePolicy({
      ResourceArn,
      Policy,
    });
    assert.deepEqual((await client(guest).send(get)).Item, { id: { S: 'shared' } });
    await assert.rejects(client(guest).send(put), {
      name: 'AccessDeniedException',
      message: `User: ${guestArn} is not authorized to perform: ${action} on resource: ${ResourceArn} because no resource-based policy allows the ${action} action`,
    });
    await client(owner).send(put);
  });

  test('options that make no sense are named', async () => {
    await assert.rejects(
      Snowglobe.open({ storage: 'memory', account: '12' }),
      /account is '12'; it must be a text of twelve digits/,
    );
    const credentials = { A: { secretAccessKey: 's', principal: 'alice' } };
    await assert.rejects(Snowglobe.open({ storage: 'memory', credentials }), /credentials\.principal is 'alice'/);
  });
});
