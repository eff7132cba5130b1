// `npm run test:oracle [-- --seed N --requests N]`: random requests to Snowglobe and to DynamoDB Local side by side, of every operation or
// with `--kind expressions` or `transactions` of what those files are about, or with `--matrix`
// those of matrix.mjs: operators, functions and clauses with operands of every type. Differences are
// listed (`--show N` of them, `--full` bodies), the known ones counted by their reason; it fails when a difference has none. With `--native target/debug/examples/pipe`
// in place of `--cli` the requests go to a native build (`cargo build --example pipe`).

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { errorOf, explainBodies, inOrder, lostAmongTies, normalised, reasonsOf } from './compare.mjs';
import { explain } from './explained.mjs';
import { matrix } from './matrix.mjs';
import * as every from './requests/every.mjs';
import * as expressions from './requests/expressions.mjs';
import { random } from './requests/random.mjs';
import { TABLES } from './requests/tables.mjs';
import * as transactions from './requests/transactions.mjs';

/** Where the requests come from. */
const KINDS = { every, expressions, transactions };

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '5000' },
    kind: { type: 'string', default: 'every' },
    oracle: { type: 'string' },
    cli: { type: 'string' },
    native: { type: 'string' },
    show: { type: 'string', default: '25' },
    full: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
  },
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function call(endpoint, operation, body) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=oracle/20300101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: textOf(body),
  });
  return { status: response.status, body: parsed(await response.text()) };
}

const textOf = (body) => (typeof body === 'string' ? body : JSON.stringify(body));

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { __type: 'NoJson', message: text.slice(0, 200) };
  }
}

/** The native build: a line out, a line back. */
function pipe(program) {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const send = async (operation, body) => {
    child.stdin.write(`${operation} ${textOf(body)}\n`);
    const { value: line, done } = await lines.next();
    if (done) throw new Error(`${program} ended at ${operation} ${textOf(body)}`);
    return { status: Number(line.slice(0, 3)), body: parsed(line.slice(4)) };
  };
  return { child, send };
}

async function start(command, args, cwd, endpoint) {
  const child = spawn(command, args, { cwd, stdio: 'ignore' });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${command} exited with ${child.exitCode}`);
    const up = await call(endpoint, 'ListTables', {}).then(
      (answer) => answer.status === 200,
      () => false,
    );
    if (up) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`${command} did not answer`);
}

function describe(answer) {
  return answer.status === 200 ? 'ok' : errorOf(answer.body);
}

/** All pages of a Query or Scan, of each segment, put together: each side follows its own keys. */
async function drained(ask, operation, body, segments) {
  const all = { Items: [], Count: 0, ScannedCount: 0 };
  for (let Segment = 0; Segment < Math.max(segments, 1); Segment += 1) {
    const request = segments > 0 ? { ...body, Segment, TotalSegments: segments } : { ...body };
    do {
      const answer = await ask(operation, request);
      if (answer.status !== 200) return answer;
      const { Items, Count, ScannedCount, LastEvaluatedKey } = answer.body;
      all.Items.push(...(Items ?? []));
      all.Count += Count;
      all.ScannedCount += ScannedCount;
      request.ExclusiveStartKey = LastEvaluatedKey;
    } while (request.ExclusiveStartKey);
  }
  return { status: 200, body: all };
}

/** Deletes what a write that only one side took was about, so that the sides go on from the same contents. */
async function forget(operation, body, asks) {
  const writes =
    operation === 'BatchWriteItem'
      ? Object.entries(body.RequestItems ?? {}).flatMap(([table, list]) =>
          [list].flat().map((write) => [table, write?.PutRequest?.Item ?? write?.DeleteRequest?.Key]),
        )
      : [[body.TableName, body.Item ?? body.Key]];
  const tables = new Map(TABLES.map((table) => [table.TableName, table.KeySchema.map((part) => part.AttributeName)]));
  for (const [TableName, attributes] of writes) {
    const names = tables.get(TableName);
    if (!names || !attributes) continue;
    // The oracle takes a text for a value that is a string, and a number or a boolean for one; it is deleted as what it was taken for.
    const scalar = (value) =>
      typeof value === 'string'
        ? { S: value }
        : Object.fromEntries(Object.entries(value ?? {}).map(([type, inner]) => [type, String(inner)]));
    const Key = Object.fromEntries(names.map((name) => [name, scalar(attributes[name])]));
    for (const ask of asks) await ask('DeleteItem', { TableName, Key });
  }
}

const ourPort = await freePort();
const theirPort = await freePort();
const ours = `http://127.0.0.1:${ourPort}`;
const theirs = `http://127.0.0.1:${theirPort}`;
const processes = [];
let askUs = (operation, body) => call(ours, operation, body);
const askThem = (operation, body) => call(theirs, operation, body);
let unexplained = 0;
try {
  if (options.native) {
    const { child, send } = pipe(options.native);
    processes.push(child);
    askUs = send;
  } else {
    processes.push(
      await start(process.execPath, [options.cli, 'serve', '--port', String(ourPort), '--memory'], undefined, ours),
    );
  }
  processes.push(
    await start(
      'java',
      ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', String(theirPort)],
      options.oracle,
      theirs,
    ),
  );
  for (const table of TABLES) {
    for (const ask of [askUs, askThem]) {
      const answer = await ask('CreateTable', table);
      if (answer.status !== 200) throw new Error(`CreateTable ${table.TableName}: ${JSON.stringify(answer.body)}`);
    }
  }
  const r = random(Number(options.seed));
  const reasons = new Map();
  const differences = new Map();
  const enumerated = options.matrix ? matrix() : undefined;
  const total = enumerated?.length ?? Number(options.requests);
  const kind = KINDS[options.kind];
  if (!kind) throw new Error(`--kind is one of ${Object.keys(KINDS).join(', ')}`);
  let same = 0;
  let failed = 0;
  for (let n = 0; n < total; n += 1) {
    const [operation, body, segments] = enumerated?.[n] ?? kind.request(r);
    const [a, b] = await Promise.all(
      [askUs, askThem].map((ask) => (segments === undefined ? ask(operation, body) : drained(ask, operation, body, segments))),
    );
    if (b.status !== 200) failed += 1;
    const [x, y] = [describe(a), describe(b)];
    // The oracle writes the first part of a batch before it refuses the rest, and an item before it stumbles over an index.
    const partly = b.status !== 200 && (operation === 'BatchWriteItem' || (operation === 'UpdateItem' && x !== y));
    if (a.status !== b.status || partly) await forget(operation, body, [askUs, askThem]);
    const shape = segments === undefined ? operation : 'Scan';
    const equal = () => JSON.stringify(normalised(shape, a.body)) === JSON.stringify(normalised(shape, b.body));
    const agrees = () => equal() && (segments === undefined || inOrder(operation, body, a.body));
    if (x === y && (x === 'ok' ? agrees() : reasonsOf(a.body) === reasonsOf(b.body))) {
      same += 1;
      continue;
    }
    const both = x === 'ok' && y === 'ok';
    const reason = !both
      ? explain(operation, body, x, y)
      : segments === undefined
        ? explainBodies(operation, body, a.body, b.body)
        : lostAmongTies(operation, body, a.body, b.body)
          ? 'the oracle loses rows of an index that share the sort key at the bound of a condition'
          : undefined;
    if (reason !== undefined) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      continue;
    }
    unexplained += 1;
    const sort = `${operation} | ${x} | ${y}`.replaceAll(/:v\d+|#n\d+|"[^"]*"|\d+/g, '*');
    const seen = differences.get(sort) ?? { count: 0, operation, body, ours: a.body, theirs: b.body };
    seen.count += 1;
    differences.set(sort, seen);
  }
  const run = options.matrix ? 'matrix' : `seed ${options.seed}`;
  console.log(`${run}: ${total} requests, ${failed} of them refused by the oracle`);
  console.log(`  the same answer: ${same}`);
  for (const [reason, count] of reasons) console.log(`  explained: ${count}  ${reason}`);
  console.log(`  unexplained: ${unexplained} in ${differences.size} kinds`);
  for (const seen of [...differences.values()].sort((a, b) => b.count - a.count).slice(0, Number(options.show))) {
    console.log(`\n${seen.count}x ${seen.operation} ${textOf(seen.body)}`);
    const shown = options.full ? Number.POSITIVE_INFINITY : 500;
    console.log(`  ours:   ${JSON.stringify(seen.ours).slice(0, shown)}`);
    console.log(`  theirs: ${JSON.stringify(seen.theirs).slice(0, shown)}`);
  }
} finally {
  for (const child of processes) child.kill();
}
process.exitCode = unexplained === 0 ? 0 : 1;
