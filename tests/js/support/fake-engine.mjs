// An engine in JavaScript behind the same seam as the wasm module: tables of items by key text, latency on request, faults on request. It
// stands for the module where a test is about the package around it.
import { read, writeTree } from './flat.mjs';

const names = ['GetItem', 'PutItem', 'Query', 'Scan', 'ListTables', 'CreateTable', 'TransactWriteItems', 'BatchGetItem'];

export function fakeModule() {
  const memory = new WebAssembly.Memory({ initial: 2 });
  let top = 1024;
  const allocate = (size) => {
    const at = top;
    top = Math.ceil((top + size) / 64) * 64;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    return at;
  };

  class Engine {
    items = new Map();
    registersAt = allocate(32);
    area = 0;
    capacity = 0;
    tickets = 0;
    waiting = [];
    done = [];
    log = [];
    freed = false;

    constructor(options) {
      this.options = options;
      this.latency = options.cluster?.network?.latencyMs?.[0] ?? 0;
    }
    static restore(bytes, options) {
      if (bytes[0] !== 7) throw new Error('not a snapshot');
      const engine = new Engine(options);
      engine.items = new Map(JSON.parse(new TextDecoder().decode(bytes.slice(1))));
      return engine;
    }
    registers() {
      return this.registersAt;
    }
    requestBuffer(capacity) {
      if (capacity > this.capacity) {
        this.area = allocate(capacity);
        this.capacity = capacity;
      }
      return this.area;
    }
    set(status, address, length, ticket) {
      new Uint32Array(memory.buffer, this.registersAt, 6).set([
        status,
        address,
        length,
        ticket,
        this.waiting.length > 0 ? 1 : 0,
        0,
      ]);
      return status;
    }
    answer(status, tree) {
      const bytes = writeTree(tree);
      const at = allocate(bytes.length);
      new Uint8Array(memory.buffer).set(bytes, at);
      return [status, at, bytes.length];
    }
    fails(name, message, status = 400, members = {}) {
      return [1, { m: { name, ...(message === undefined ? {} : { message }), status, ...members } }];
    }
    run(name, { m: request }) {
      this.log.push([name, request]);
      if (request.TableName === 'trap') throw new WebAssembly.RuntimeError('unreachable');
      if (request.TableName === 'none') return this.fails('ResourceNotFoundException', 'Requested resource not found');
      if (request.TableName === 'mute') return this.fails('InternalServerError', undefined, 500);
      if (request.TableName === 'slow-down')
        return this.fails('ProvisionedThroughputExceededException', 'Too fast', 400, {
          ThrottlingReasons: [{ m: { reason: 'TableReadProvisionedThroughputExceeded', resource: 'arn' } }],
        });
      switch (name) {
        case 'PutItem': {
          const { pk } = request.Item.attributes;
          if (request.ConditionExpression !== undefined && this.items.has(JSON.stringify(pk))) {
            return this.fails('ConditionalCheckFailedException', 'The conditional request failed', 400, {
              Item: { attributes: this.items.get(JSON.stringify(pk)) },
            });
          }
          this.items.set(JSON.stringify(pk), request.Item.attributes);
          return [0, { m: {} }];
        }
        case 'GetItem': {
          const item = this.items.get(JSON.stringify(request.Key.attributes.pk));
          return [0, { m: item === undefined ? {} : { Item: { attributes: item } } }];
        }
        case 'Query':
        case 'Scan': {
          const all = [...this.items.values()];
          const after = request.ExclusiveStartKey?.attributes.pk;
          const from = after === undefined ? 0 : all.findIndex(({ pk }) => JSON.stringify(pk) === JSON.stringify(after)) + 1;
          const page = all.slice(from, from + (request.Limit ?? all.length));
          const more = from + page.length < all.length;
          return [
            0,
            {
              m: {
                Items: page.map((attributes) => ({ attributes })),
                Count: page.length,
                ScannedCount: page.length,
                ...(more ? { LastEvaluatedKey: { attributes: { pk: page.at(-1).pk } } } : {}),
              },
            },
          ];
        }
        case 'ListTables':
          return [
            0,
            {
              m:
                request.ExclusiveStartTableName === undefined
                  ? { TableNames: ['a', 'b'], LastEvaluatedTableName: 'b' }
                  : { TableNames: ['c'] },
            },
          ];
        case 'CreateTable':
          return [
            0,
            {
              m: {
                TableDescription: {
                  m: { TableName: request.TableName, CreationDateTime: { time: '1700000000.5' }, ItemCount: 0 },
                },
              },
            },
          ];
        case 'TransactWriteItems':
          return this.fails('TransactionCanceledException', 'Transaction cancelled', 400, {
            CancellationReasons: [
              { m: { Code: 'None' } },
              { m: { Code: 'ConditionalCheckFailed', Message: 'm', Item: { attributes: { pk: { S: 'x' } } } } },
            ],
          });
        default:
          return [0, { m: {} }];
      }
    }
    start(work, now) {
      if (this.latency > 0) {
        this.waiting.push({ at: now + this.latency, ticket: ++this.tickets, work });
        return this.set(2, 0, 0, this.tickets);
      }
      const [status, tree] = work();
      return this.set(...this.answer(status, tree), 0);
    }
    call(operation, length, now) {
      const request = read(new Uint8Array(memory.buffer, this.area, length).slice());
      return this.start(() => this.run(names[operation], request), now);
    }
    exchange(length, now) {
      const { m } = read(new Uint8Array(memory.buffer, this.area, length).slice());
      return this.start(() => this.http(m), now);
    }
    http({ method, path, headers, body }) {
      this.log.push([method, path, headers.m, body]);
      const target = headers.m['x-amz-target']?.split('.')[1];
      const reply = (status, value) => [
        0,
        {
          m: {
            status,
            headers: { m: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'R' } },
            body: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
          },
        },
      ];
      if (body.length > 16 * 1024 * 1024) return reply(413, {});
      if (method === 'GET') return reply(200, 'healthy: dynamodb.local-1.amazonaws.com ');
      if (target === 'GetItem') return reply(200, { Item: { pk: { S: JSON.parse(new TextDecoder().decode(body)).Key.pk.S } } });
      return reply(400, {
        __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
        message: 'Requested resource not found',
      });
    }
    step(now) {
      const due = this.waiting.filter(({ at }) => at <= now);
      this.waiting = this.waiting.filter(({ at }) => at > now);
      for (const { ticket, work } of due) this.done.push([ticket, ...work()]);
      return due.length;
    }
    nextCompletion() {
      const next = this.done.shift();
      if (next === undefined) return 0;
      const [ticket, status, tree] = next;
      this.set(...this.answer(status, tree), ticket);
      return 1;
    }
    nextDeadline() {
      return this.waiting.length === 0 ? Number.NaN : Math.min(...this.waiting.map(({ at }) => at));
    }
    describe() {
      return { now: 0, partitions: [] };
    }
    fork() {
      const fork = new Engine(this.options);
      fork.items = new Map(this.items);
      return fork;
    }
    snapshot() {
      return Uint8Array.of(7, ...new TextEncoder().encode(JSON.stringify([...this.items])));
    }
    setNetwork({ latencyMs }) {
      this.latency = latencyMs[0];
    }
    free() {
      this.freed = true;
    }
  }
  const engines = [];
  const Recorded = class extends Engine {
    constructor(options) {
      super(options);
      engines.push(this);
    }
  };
  return { Engine: Recorded, operations: () => names, memory, engines };
}
