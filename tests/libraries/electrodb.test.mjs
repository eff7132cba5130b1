// ElectroDB: two entities of a shop in one table, a collection over both, conditional updates, pages, a transaction.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import { bothWays, singleTable } from './ways.mjs';

const table = 'Electro';

const customerModel = {
  model: { entity: 'customer', version: '1', service: 'shop' },
  attributes: {
    customerId: { type: 'string', required: true },
    email: { type: 'string', required: true },
    tags: { type: 'set', items: 'string' },
    points: { type: 'number', default: 0 },
    address: { type: 'map', properties: { city: { type: 'string' }, zip: { type: 'string' } } },
  },
  indexes: {
    own: {
      collection: 'account',
      pk: { field: 'pk', composite: ['customerId'] },
      sk: { field: 'sk', composite: [] },
    },
    byEmail: {
      index: 'gsi1',
      pk: { field: 'gsi1pk', composite: ['email'] },
      sk: { field: 'gsi1sk', composite: [] },
    },
  },
};

const orderModel = {
  model: { entity: 'order', version: '1', service: 'shop' },
  attributes: {
    customerId: { type: 'string', required: true },
    orderId: { type: 'string', required: true },
    total: { type: 'number', required: true },
    state: { type: ['open', 'paid', 'sent'], required: true, default: 'open' },
    lines: { type: 'list', items: { type: 'map', properties: { sku: { type: 'string' }, count: { type: 'number' } } } },
  },
  indexes: {
    own: {
      collection: 'account',
      pk: { field: 'pk', composite: ['customerId'] },
      sk: { field: 'sk', composite: ['orderId'] },
    },
    byState: {
      index: 'gsi1',
      pk: { field: 'gsi1pk', composite: ['state'] },
      sk: { field: 'gsi1sk', composite: ['orderId'] },
    },
  },
};

bothWays('electrodb', (client) => {
  let shop;
  before(async () => {
    await client().send(new CreateTableCommand(singleTable(table, ['gsi1'])));
    const options = { client: client(), table };
    shop = new Service({ customer: new Entity(customerModel, options), order: new Entity(orderModel, options) });
  });

  test('entities are created once and read by key and by index', async () => {
    const customer = {
      customerId: 'c1',
      email: 'ada@example.org',
      tags: ['new', 'vip'],
      address: { city: 'Basel', zip: '4051' },
    };
    await shop.entities.customer.create(customer).go();
    const { data } = await shop.entities.customer.get({ customerId: 'c1' }).go({ consistent: true });
    assert.deepEqual({ ...data, tags: [...data.tags].sort() }, { ...customer, points: 0 });
    await assert.rejects(shop.entities.customer.create(customer).go(), /The conditional request failed/);
    const found = await shop.entities.customer.query.byEmail({ email: 'ada@example.org' }).go();
    assert.deepEqual(
      found.data.map(({ customerId }) => customerId),
      ['c1'],
    );
  });

  test('a collection reads both kinds with one query', async () => {
    const orders = Array.from({ length: 12 }, (_, n) => ({
      customerId: 'c1',
      orderId: `o${String(n).padStart(2, '0')}`,
      total: n * 10,
      lines: [{ sku: `s${n}`, count: n + 1 }],
    }));
    const { unprocessed } = await shop.entities.order.put(orders).go();
    assert.deepEqual(unprocessed, []);
    const { data } = await shop.collections.account({ customerId: 'c1' }).go();
    assert.equal(data.customer.length, 1);
    assert.equal(data.order.length, 12);
    assert.deepEqual(data.order[3].lines, [{ sku: 's3', count: 4 }]);
  });

  test('updates add, append and remove under conditions', async () => {
    const updated = await shop.entities.customer
      .patch({ customerId: 'c1' })
      .add({ points: 5, tags: ['loyal'] })
      .set({ 'address.city': 'Bern' })
      .where(({ points }, { lt }) => lt(points, 100))
      .go({ response: 'all_new' });
    assert.equal(updated.data.points, 5);
    assert.equal(updated.data.address.city, 'Bern');
    assert.deepEqual([...updated.data.tags].sort(), ['loyal', 'new', 'vip']);
    await assert.rejects(
      shop.entities.customer.patch({ customerId: 'nobody' }).set({ points: 1 }).go(),
      /conditional request failed/i,
    );
    const appended = await shop.entities.order
      .update({ customerId: 'c1', orderId: 'o01' })
      .append({ lines: [{ sku: 'extra', count: 1 }] })
      .remove(['total'].filter(() => false))
      .go({ response: 'updated_new' });
    assert.equal(appended.data.lines.length, 2);
  });

  test('an index moves an entry when its key changes', async () => {
    await shop.entities.order.patch({ customerId: 'c1', orderId: 'o02' }).set({ state: 'paid' }).go();
    const paid = await shop.entities.order.query.byState({ state: 'paid' }).go();
    assert.deepEqual(
      paid.data.map(({ orderId }) => orderId),
      ['o02'],
    );
    const open = await shop.entities.order.query.byState({ state: 'open' }).go({ pages: 'all' });
    assert.equal(open.data.length, 11);
  });

  test('pages follow each other by cursor, filters apply after reading', async () => {
    const seen = [];
    let cursor = null;
    let pages = 0;
    do {
      const page = await shop.entities.order.query.own({ customerId: 'c1' }).go({ cursor, limit: 5, order: 'desc' });
      seen.push(...page.data.map(({ orderId }) => orderId));
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== null);
    assert.equal(pages, 3);
    assert.deepEqual(seen, [...seen].sort().reverse());
    assert.equal(seen.length, 12);
    const dear = await shop.entities.order.query
      .own({ customerId: 'c1' })
      .between({ orderId: 'o04' }, { orderId: 'o09' })
      .where(({ total }, { gte }) => gte(total, 70))
      .go();
    assert.deepEqual(
      dear.data.map(({ orderId }) => orderId),
      ['o07', 'o08', 'o09'],
    );
  });

  test('a transaction is all or nothing', async () => {
    const attempt = (orderId, points) =>
      shop.transaction
        .write(({ customer, order }) => [
          order.create({ customerId: 'c1', orderId, total: 1 }).commit(),
          customer
            .patch({ customerId: 'c1' })
            .subtract({ points })
            .where((own, { gte }) => gte(own.points, points))
            .commit({ response: 'all_old' }),
        ])
        .go();
    const done = await attempt('t1', 3);
    assert.equal(done.canceled, false);
    const refused = await attempt('t2', 1000);
    assert.equal(refused.canceled, true);
    assert.deepEqual(
      refused.data.map(({ code }) => code),
      ['None', 'ConditionalCheckFailed'],
    );
    const { data } = await shop.entities.order.get({ customerId: 'c1', orderId: 't2' }).go();
    assert.equal(data, null);
    const read = await shop.transaction
      .get(({ customer, order }) => [
        customer.get({ customerId: 'c1' }).commit(),
        order.get({ customerId: 'c1', orderId: 't1' }).commit(),
      ])
      .go();
    assert.equal(read.data[0].item.points, 2);
    assert.equal(read.data[1].item.total, 1);
  });
});
