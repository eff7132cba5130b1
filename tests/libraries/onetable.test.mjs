// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are templates of the library's own.

// OneTable: a schema of accounts and users over one table and an index, unique attributes, batches, pages, transactions.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Table } from 'dynamodb-onetable';
import { bothWays } from './ways.mjs';

const schema = {
  format: 'onetable:1.1.0',
  version: '0.0.1',
  indexes: {
    primary: { hash: 'pk', sort: 'sk' },
    gs1: { hash: 'gs1pk', sort: 'gs1sk', project: 'all' },
  },
  models: {
    Account: {
      pk: { type: String, value: 'account#${id}' },
      sk: { type: String, value: 'account#' },
      id: { type: String, required: true },
      name: { type: String, required: true },
      balance: { type: Number, default: 0 },
    },
    User: {
      pk: { type: String, value: 'account#${accountId}' },
      sk: { type: String, value: 'user#${email}' },
      gs1pk: { type: String, value: 'user#' },
      gs1sk: { type: String, value: 'user#${email}' },
      accountId: { type: String, required: true },
      email: { type: String, required: true, unique: true },
      role: { type: String, enum: ['admin', 'user'], default: 'user' },
      visits: { type: Number, default: 0 },
      address: { type: Object, schema: { city: { type: String } } },
    },
  },
  params: { isoDates: true, timestamps: false },
};

bothWays('dynamodb-onetable', (client) => {
  let table;
  let Account;
  let User;
  before(async () => {
    table = new Table({ client: client(), name: 'One', schema, partial: true });
    await table.createTable({ billing: 'PAY_PER_REQUEST' });
    Account = table.getModel('Account');
    User = table.getModel('User');
  });

  test('the table it made is there', async () => {
    assert.equal(await table.exists(), true);
    const { Table: made } = await table.describeTable();
    assert.deepEqual(
      made.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName),
      ['gs1'],
    );
  });

  test('creates what is not there, and keeps unique what must be', async () => {
    await Account.create({ id: 'a1', name: 'Acme' });
    await assert.rejects(Account.create({ id: 'a1', name: 'Acme' }), /exists/i);
    // A unique attribute is written in a transaction with an item of its own.
    await User.create({ accountId: 'a1', email: 'ada@example.org', address: { city: 'Bern' } });
    await assert.rejects(User.create({ accountId: 'a2', email: 'ada@example.org' }), /unique/i);
    const user = await User.get({ accountId: 'a1', email: 'ada@example.org' });
    assert.equal(user.address.city, 'Bern');
  });

  test('queries by key and index, counts, pages', async () => {
    const batch = {};
    for (let n = 0; n < 20; n += 1) {
      await Account.create({ id: `b${n}`, name: `Branch ${n % 3}` }, { batch });
    }
    await table.batchWrite(batch);
    for (let n = 0; n < 6; n += 1) await User.create({ accountId: 'a1', email: `user${n}@example.org`, visits: n });
    const users = await User.find({ accountId: 'a1', sk: { begins: 'user#user' } });
    assert.equal(users.length, 6);
    const page = await User.find({}, { index: 'gs1', limit: 4, reverse: true });
    assert.equal(page.length, 4);
    const rest = await User.find({}, { index: 'gs1', limit: 4, reverse: true, next: page.next });
    assert.equal(page.length + rest.length, 7);
    const busy = await User.find({ accountId: 'a1' }, { where: '${visits} >= {4}' });
    assert.equal(busy.length, 2);
    assert.equal((await Account.scan({ name: 'Branch 1' })).length, 7);
  });

  test('updates add and set inside documents, under conditions', async () => {
    const key = { accountId: 'a1', email: 'ada@example.org' };
    // An entity with a unique attribute is updated in a transaction, which returns nothing.
    await User.update(key, { add: { visits: 2 }, set: { 'address.city': 'Basel' } });
    const user = await User.get(key);
    assert.equal(user.visits, 2);
    assert.equal(user.address.city, 'Basel');
    await assert.rejects(User.update({ ...key, role: 'admin' }, { where: '${visits} > {100}' }), /conditional|Cannot update/i);
  });

  test('a transaction is all or nothing', async () => {
    const transaction = {};
    await Account.create({ id: 't1', name: 'T' }, { transaction });
    await Account.create({ id: 'a1', name: 'again' }, { transaction });
    await assert.rejects(table.transact('write', transaction), /cancel/i);
    assert.equal(await Account.get({ id: 't1' }), undefined);
    const next = {};
    await Account.create({ id: 't1', name: 'T' }, { transaction: next });
    await Account.update({ id: 'a1', balance: 5 }, { transaction: next });
    await table.transact('write', next);
    assert.equal((await Account.get({ id: 'a1' })).balance, 5);
  });
});
