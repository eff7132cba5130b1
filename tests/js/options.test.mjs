// Options that make no sense, refused with a word on it. The engine is a fake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support/compiled.mjs';
import { open, Snowglobe } from './support/fake-database.mjs';

test('options that make no sense are refused by name', async () => {
  const endless = {};
  endless.self = endless;
  const refused = [
    [{ colour: 1 }, /Unknown option 'colour'; there are name, storage/],
    [{ storage: 'disk' }, /storage is 'disk'; it must be 'auto', 'memory'/],
    [{ storage: { dir: './data' } }, /storage is \{"dir":".\/data"\}; it must be .*\{ directory \}/],
    [{ storage: { directory: './data', sync: true } }, /storage is \{"directory":".\/data","sync":true\}; it must be/],
    [{ storage: Promise.resolve({}) }, /storage is a promise; it must be 'auto'/],
    [{ storage: class Store {} }, /storage is a function; it must be 'auto'/],
    [{ storage: endless }, /storage is an object; it must be 'auto'/],
    [{ durability: 'maybe' }, /durability is 'maybe'/],
    [{ clock: 5 }, /clock is 5; it must be 'real', 'virtual', or a function/],
    [{ seed: 1.5 }, /seed is 1.5/],
    [{ region: '' }, /region is ''/],
    [{ account: 123456789012 }, /account is 123456789012; it must be a text of twelve digits/],
    [{ credentials: { AKIA: 5 } }, /a secret in credentials is '\(hidden\)'; it must be a text or an object/],
    [{ credentials: { AKIA: '' } }, /credentials.secretAccessKey/],
    [{ credentials: {} }, /credentials is '\(hidden\)'; it must be a map from access key id/],
    [{ credentials: { accessKeyId: 'AKIA', secretAccessKey: 's' } }, /it must be a map from access key id/],
    [{ credentials: { AKIA: { secretAccessKey: 's', secret: 's' } } }, /Unknown member of a key's secret 'secret'/],
    [{ credentials: { AKIA: { secretAccessKey: 's', sessionToken: 5 } } }, /credentials.sessionToken/],
    [{ credentials: { AKIA: { secretAccessKey: 's', principal: 'me' } } }, /credentials.principal is 'me'; it must be an ARN/],
    [{ cluster: { zone: 3 } }, /Unknown cluster option 'zone'/],
    [{ cluster: { network: { loss: 2 } } }, /cluster.network.loss is 2; it must be a share/],
    [{ cluster: { network: { latencyMs: [5, 1] } } }, /latencyMs is \[5,1\]/],
    [{ cluster: { network: { latencyMs: ['1', '2'] } } }, /latencyMs is \["1","2"\]/],
    [{ cluster: { network: { latencyMs: [0, Number.POSITIVE_INFINITY] } } }, /latencyMs is .*a day at most/],
    [{ cluster: { network: { loss: 1 } } }, /loss is 1; it must be a share from 0 to below 1/],
  ];
  for (const [options, message] of refused) await assert.rejects(Snowglobe.open(options), { name: 'TypeError', message });
  await assert.rejects(Snowglobe.open({ storage: 'indexeddb' }), /no IndexedDB/);
  assert.throws(() => new Snowglobe(), { name: 'TypeError', message: /is opened with `await Snowglobe.open\(\)`/ });
  const { db } = await open();
  for (const [network, message] of [
    [undefined, /cluster.network is undefined; it must be an object/],
    [{ latency: [1, 2] }, /Unknown cluster.network option 'latency'/],
    [{ latencyMs: [2, 1] }, /latencyMs is \[2,1\]/],
  ]) {
    assert.throws(() => db.cluster.setNetwork(network), { name: 'TypeError', message });
  }
});

test("a document client's options that would do nothing are refused by name", async () => {
  const { db } = await open();
  const refused = [
    [5, /The options of a document client are 5; they must be an object/],
    [{ removeUndefinedValues: true }, /removeUndefinedValues is a member of marshallOptions/],
    [{ wrapSets: true }, /wrapSets is a member of unmarshallOptions/],
    [{ marshallOptions: true }, /marshallOptions is true; it must be an object/],
    [
      { marshallOptions: { removeUndefined: true } },
      /Unknown option 'removeUndefined' in marshallOptions; there are convertEmpty/,
    ],
    [{ marshallOptions: { removeUndefinedValues: 'yes' } }, /removeUndefinedValues is 'yes'; it must be true or false/],
    [{ unmarshallOptions: { wrapNumbers: 'yes' } }, /wrapNumbers is 'yes'; it must be true or false, or a function/],
    [{ params: 'Movie' }, /params is 'Movie'; it must be an object/],
    [{ instanceOf: 'Client' }, /instanceOf is 'Client'; it must be a class/],
  ];
  for (const [options, message] of refused) assert.throws(() => db.documentClient(options), { name: 'TypeError', message });
  db.documentClient({ region: 'eu-west-1', maxRetries: 3, httpOptions: {} });
});

test('what is made in another way than it was tried says in which', async () => {
  const { DocumentClient } = await load('client/document-client.js');
  const { DirectoryStorage } = await load('storage/directory.js');
  const { DurableObjectStorage } = await load('storage/durable-object.js');
  const { DenoKvStorage } = await load('storage/deno-kv.js');
  const { provideModule } = await load('module-source.js');
  for (const [make, message] of [
    [() => new DocumentClient({ region: 'eu-west-1' }), 'A document client is made with `db.documentClient()`'],
    [() => new DocumentClient(), 'A document client is made with `db.documentClient()`'],
    [() => new DirectoryStorage('./data'), 'A folder is opened with `await DirectoryStorage.open(path)`'],
    [() => new DurableObjectStorage({}), "DurableObjectStorage takes a Durable Object's `ctx.storage`"],
    [() => new DurableObjectStorage(), "DurableObjectStorage takes a Durable Object's `ctx.storage`"],
    [
      () => provideModule('/snowglobe_wasm_bg.wasm'),
      "provideModule() takes a function: provideModule(() => '/where/it/is.wasm')",
    ],
    [() => new DenoKvStorage(Promise.resolve({})), 'DenoKvStorage takes what `await Deno.openKv()` gives'],
  ]) {
    assert.throws(make, { name: 'TypeError', message });
  }
  for (const path of [undefined, '', new URL('file:///data')]) {
    const message = 'DirectoryStorage.open() takes the path of a folder';
    await assert.rejects(DirectoryStorage.open(path), { name: 'TypeError', message });
  }
});
