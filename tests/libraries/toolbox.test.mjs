// DynamoDB Toolbox: entities with schemas, an access by index, update expressions it writes itself, batches, transactions.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  $add,
  $append,
  $remove,
  BatchGetRequest,
  BatchPutRequest,
  BatchWriteCommand,
  ConditionCheck,
  DeleteItemCommand,
  Entity,
  executeBatchGet,
  executeBatchWrite,
  executeTransactWrite,
  GetItemCommand,
  item,
  list,
  map,
  number,
  PutItemCommand,
  PutTransaction,
  QueryCommand,
  ScanCommand,
  set,
  string,
  Table,
  UpdateItemCommand,
} from 'dynamodb-toolbox';
import { BatchGetCommand } from 'dynamodb-toolbox/table/actions/batchGet';
import { bothWays, singleTable } from './ways.mjs';

bothWays('dynamodb-toolbox', (client) => {
  let table;
  let Pokemon;
  before(async () => {
    await client().send(new CreateTableCommand(singleTable('Box', ['gsi1'])));
    table = new Table({
      documentClient: DynamoDBDocumentClient.from(client(), { marshallOptions: { removeUndefinedValues: true } }),
      name: 'Box',
      partitionKey: { name: 'pk', type: 'string' },
      sortKey: { name: 'sk', type: 'string' },
      indexes: {
        gsi1: { type: 'global', partitionKey: { name: 'gsi1pk', type: 'string' }, sortKey: { name: 'gsi1sk', type: 'string' } },
      },
    });
    Pokemon = new Entity({
      name: 'Pokemon',
      table,
      timestamps: false,
      schema: item({
        trainer: string().key().savedAs('pk'),
        name: string().key().savedAs('sk'),
        kind: string().savedAs('gsi1pk'),
        level: string().savedAs('gsi1sk'),
        hits: number().default(0),
        moves: list(string()).default([]),
        badges: set(string()).optional(),
        stats: map({ speed: number(), note: string().optional() }).optional(),
      }),
    });
  });
  const make = (n, more) => ({
    trainer: 'ash',
    name: `p${String(n).padStart(2, '0')}`,
    kind: n % 2 ? 'fire' : 'water',
    level: String(n),
    ...more,
  });

  test('puts and reads, and refuses under a condition', async () => {
    const pikachu = make(1, { badges: new Set(['first']), stats: { speed: 90 } });
    await Pokemon.build(PutItemCommand)
      .item(pikachu)
      .options({ condition: { attr: 'trainer', exists: false } })
      .send();
    const { Item } = await Pokemon.build(GetItemCommand)
      .key({ trainer: 'ash', name: 'p01' })
      .options({ consistent: true })
      .send();
    assert.deepEqual(Item.stats, { speed: 90 });
    assert.deepEqual([...Item.badges], ['first']);
    await assert.rejects(
      Pokemon.build(PutItemCommand)
        .item(pikachu)
        .options({ condition: { attr: 'trainer', exists: false } })
        .send(),
      { name: 'ConditionalCheckFailedException' },
    );
  });

  test('updates with its own verbs', async () => {
    const { Attributes } = await Pokemon.build(UpdateItemCommand)
      .item({
        trainer: 'ash',
        name: 'p01',
        hits: $add(3),
        moves: $append(['tackle']),
        badges: $add(new Set(['second'])),
        stats: { note: 'quick' },
      })
      .options({ returnValues: 'ALL_NEW', condition: { attr: 'hits', lt: 100 } })
      .send();
    assert.equal(Attributes.hits, 3);
    assert.deepEqual(Attributes.moves, ['tackle']);
    assert.deepEqual([...Attributes.badges].sort(), ['first', 'second']);
    assert.deepEqual(Attributes.stats, { speed: 90, note: 'quick' });
    const removed = await Pokemon.build(UpdateItemCommand)
      .item({ trainer: 'ash', name: 'p01', badges: $remove() })
      .options({ returnValues: 'UPDATED_OLD' })
      .send();
    assert.deepEqual([...removed.Attributes.badges].sort(), ['first', 'second']);
  });

  test('batches, queries by index, pages, scans in segments', async () => {
    const requests = Array.from({ length: 20 }, (_, n) => Pokemon.build(BatchPutRequest).item(make(n + 2)));
    await executeBatchWrite(table.build(BatchWriteCommand).requests(...requests));
    const { Responses } = await executeBatchGet(
      table
        .build(BatchGetCommand)
        .requests(...[2, 3].map((n) => Pokemon.build(BatchGetRequest).key({ trainer: 'ash', name: `p0${n}` }))),
    );
    assert.equal(Responses[0].length, 2);
    const fire = await table.build(QueryCommand).query({ index: 'gsi1', partition: 'fire' }).entities(Pokemon).send();
    assert.equal(fire.Count, 11);
    const names = [];
    let exclusiveStartKey;
    do {
      const page = await table
        .build(QueryCommand)
        .query({ partition: 'ash', range: { gte: 'p05' } })
        .entities(Pokemon)
        .options({ limit: 6, reverse: true, exclusiveStartKey })
        .send();
      names.push(...page.Items.map(({ name }) => name));
      exclusiveStartKey = page.LastEvaluatedKey;
    } while (exclusiveStartKey);
    assert.deepEqual(
      names,
      Array.from({ length: 17 }, (_, n) => `p${String(21 - n).padStart(2, '0')}`),
    );
    const segments = await Promise.all(
      [0, 1, 2].map((segment) => table.build(ScanCommand).entities(Pokemon).options({ segment, totalSegments: 3 }).send()),
    );
    assert.equal(
      segments.reduce((sum, { Count }) => sum + Count, 0),
      21,
    );
  });

  test('a transaction is all or nothing', async () => {
    const write = (condition) =>
      executeTransactWrite(
        Pokemon.build(PutTransaction).item(make(50)),
        Pokemon.build(ConditionCheck).key({ trainer: 'ash', name: 'p01' }).condition(condition),
      );
    await assert.rejects(write({ attr: 'hits', gt: 100 }), { name: 'TransactionCanceledException' });
    const key = { trainer: 'ash', name: 'p50' };
    assert.equal((await Pokemon.build(GetItemCommand).key(key).send()).Item, undefined);
    await write({ attr: 'hits', gt: 1 });
    assert.equal((await Pokemon.build(GetItemCommand).key(key).send()).Item.level, '50');
    const { Attributes } = await Pokemon.build(DeleteItemCommand).key(key).options({ returnValues: 'ALL_OLD' }).send();
    assert.equal(Attributes.kind, 'water');
  });
});
