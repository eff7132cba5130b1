// `npm run bench`: one run, one machine, everything interleaved. Prints the tables and, for each target, whether it was reached.
// `--quick` runs fewer rounds; `--only in-process,http,chromium,memory,cold,vectors` chooses sections.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureChromium } from './chromium.mjs';
import { item } from './documents.mjs';
import { floorSubject } from './floor.mjs';
import { openHttpSubjects } from './http.mjs';
import { openPeers } from './peers.mjs';
import { measure, printTable, summary } from './rounds.mjs';
import { snowglobeSubject, TABLE, TABLE_DEFINITION } from './snowglobe-subject.mjs';
import { measureVectors } from './vectors.mjs';

const OPERATIONS = ['put', 'get', 'query 20', 'batch write 25', 'update'];
const BURST = { put: 400, get: 400, 'query 20': 40, 'batch write 25': 40, update: 400 };
const HTTP_BURST = { put: 20, get: 20, 'query 20': 10, 'batch write 25': 5, update: 20 };
const TARGETS = {
  put: { subject: 'snowglobe', limit: 1 },
  get: { subject: 'snowglobe', limit: 0.6 },
  'query 20': { subject: 'snowglobe', limit: 0.5 },
  'batch write 25': { subject: 'snowglobe', limit: 1 },
  update: { subject: 'snowglobe', limit: 1.5 },
};
const HTTP_TARGETS = Object.fromEntries(OPERATIONS.map((operation) => [operation, { subject: 'snowglobe serve', limit: 1.2 }]));
const TRANSACTION = 'transaction 10';
const TRANSACTION_PUTS_MAX = 15;
const MEMORY_ITEMS = 100_000;
const MEMORY_BYTES_MAX = 700;
const GROWTH_MAX = 1.5;
const COLD_MS_MAX = 30;
const VECTORS = 100_000;
const VECTORS_QUICK = 10_000;
const DIMENSIONS = 384;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: 'in-process,chromium,memory,vectors,cold,http' },
    items: { type: 'string', default: '1000' },
  },
});
const sections = new Set(options.only.split(','));
const rounds = options.quick ? 8 : 40;
const count = Number(options.items);
const { Snowglobe } = await import('snowglobe');

console.log(`Node ${process.version}, ${count} items of about 400 bytes, ${rounds} rounds; microseconds a call: median (best)`);
if (sections.has('in-process')) await inProcess();
if (sections.has('chromium')) await inChromium();
if (sections.has('memory')) await memory();
if (sections.has('vectors')) await searches();
if (sections.has('cold')) cold();
if (sections.has('http')) await overHttp();

async function inProcess() {
  const subjects = [floorSubject(count), await snowglobeSubject(Snowglobe, count), ...(await openPeers(count))];
  const operations = [...OPERATIONS, TRANSACTION];
  const results = await measure(subjects, operations, { rounds, burst: { ...BURST, [TRANSACTION]: 40 } });
  printTable('In process, in Node', results, operations, subjects[0].name, TARGETS);
  const puts = results.snowglobe[TRANSACTION].median / results.snowglobe.put.median;
  const verdict = puts <= TRANSACTION_PUTS_MAX ? 'reached' : 'MISSED ';
  console.log(`  ${verdict}  ${TRANSACTION}: ${puts.toFixed(1)} puts, target ${TRANSACTION_PUTS_MAX}`);
  for (const subject of subjects) await subject.close();
}

async function inChromium() {
  const results = await measureChromium({ rounds, count, operations: OPERATIONS, burst: BURST });
  if (results !== undefined) printTable('In process, in Chromium', results, OPERATIONS, Object.keys(results)[0], TARGETS);
}

/**
 * Memory and gets of a large table, beside gets of a small one. On the modules that the package is bundled from, for they show the
 * wasm memory, which all databases of one instance share.
 */
async function memory() {
  const { Snowglobe } = await import('../target/js/entries/node.js');
  const { loadGlue } = await import('../target/js/wasm.js');
  const memoryBytes = async () => (await loadGlue()).linearMemory().buffer.byteLength;
  const small = await snowglobeSubject(Snowglobe, 1_000, '1,000 items');
  const before = await memoryBytes();
  const large = await snowglobeSubject(Snowglobe, MEMORY_ITEMS, '100,000 items');
  const bytes = ((await memoryBytes()) - before) / MEMORY_ITEMS;
  const results = await measure([small, large], ['get', 'put', 'query 20'], { rounds, burst: BURST });
  printTable('The same calls with more items', results, ['get', 'put', 'query 20'], small.name, {
    get: { subject: large.name, limit: GROWTH_MAX },
  });
  const verdict = bytes <= MEMORY_BYTES_MAX ? 'reached' : 'MISSED ';
  console.log(
    `  ${verdict}  memory: ${bytes.toFixed(0)} bytes of wasm memory an item, three replicas, target ${MEMORY_BYTES_MAX}`,
  );
  await small.close();
  await large.close();
}

/** Exact searches of a large vector index. */
async function searches() {
  const many = options.quick ? VECTORS_QUICK : VECTORS;
  const { search, floor, putMicroseconds } = await measureVectors(Snowglobe, {
    count: many,
    dimensions: DIMENSIONS,
    rounds: Math.min(rounds, 20),
  });
  console.log(`\nSearchVectors, cosine, ${many} vectors of ${DIMENSIONS} dimensions, milliseconds: median (best)`);
  console.log(`  snowglobe, exact          ${search.median.toFixed(1)} (${search.best.toFixed(1)})`);
  console.log(`  scores in JavaScript only ${floor.median.toFixed(1)} (${floor.best.toFixed(1)})`);
  console.log(`  a put of such an item     ${(putMicroseconds / 1000).toFixed(3)}`);
}

/** A new process each time: import, open, create a table, first acknowledged put. */
function cold() {
  const program = `
    const began = performance.now();
    const { Snowglobe } = await import('snowglobe');
    const imported = performance.now();
    const db = await Snowglobe.open({ storage: 'memory' });
    await db.createTable(${JSON.stringify(TABLE_DEFINITION)});
    await db.documentClient().put({ TableName: '${TABLE}', Item: ${JSON.stringify(item(1))} });
    console.log(JSON.stringify([imported - began, performance.now() - imported]));
    process.exit(0);`;
  const runs = Array.from({ length: options.quick ? 5 : 15 }, () => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      encoding: 'utf8',
    });
    return JSON.parse(stdout);
  });
  const [imports, opens] = [0, 1].map((part) => summary(runs.map((run) => run[part])));
  console.log('\nCold start in a new Node process, milliseconds: median (best)');
  console.log(`  import            ${imports.median.toFixed(1)} (${imports.best.toFixed(1)})`);
  console.log(`  open to first put ${opens.median.toFixed(1)} (${opens.best.toFixed(1)})`);
  console.log(`  ${opens.median < COLD_MS_MAX ? 'reached' : 'MISSED '}  target below ${COLD_MS_MAX} ms`);
}

async function overHttp() {
  const cli = fileURLToPath(new URL('../pkg/dist/cli.js', import.meta.url));
  const subjects = await openHttpSubjects({ cli, dynamodbLocal: process.env.DYNAMODB_LOCAL }, count);
  const results = await measure(subjects, OPERATIONS, { rounds, burst: HTTP_BURST });
  printTable('Over HTTP, with the AWS SDK', results, OPERATIONS, 'stub (canned bodies)', HTTP_TARGETS);
  for (const subject of subjects) await subject.close();
  // Sockets that the SDK keeps alive are no reason to stay.
  process.exit(0);
}
