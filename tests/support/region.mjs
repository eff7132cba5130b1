// The ways into a region, behind one interface, so that a test is written once and holds for each of them: the AWS SDK in the process,
// the AWS SDK over HTTP to `snowglobe serve`, and the package's own methods.
//
// SNOWGLOBE_TEST_ENDPOINT=http://... runs the HTTP half against another endpoint: that is how the tests themselves are checked
// against DynamoDB Local.

import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { after, before, describe } from 'node:test';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { startServer } from './server.mjs';

const foreign = process.env.SNOWGLOBE_TEST_ENDPOINT;
/** DynamoDB Local keeps a region for each access key, so that a key of its own is an empty region for each suite. */
const accessKey = () => (foreign ? randomUUID().replaceAll('-', '') : 'tests');
const region = 'local-1';

/** A service's refusal as it stands in a response's body. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.message ?? body.Message);
    this.name = String(body.__type).replace(/^.*#/, '');
    this.status = status;
    this.body = body;
  }
}

/** Bytes as JSON carries them. */
const base64 = (_name, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);

/** One HTTP exchange, through whatever takes a Request. Bodies may be text, bytes or an object to be sent as JSON. */
async function exchange(fetch, endpoint, accessKeyId, { operation, target, method = 'POST', path = '/', headers = {}, body }) {
  const bytes =
    typeof body === 'string' || body instanceof Uint8Array || body === undefined ? body : JSON.stringify(body, base64);
  const named = target ?? (operation === undefined ? undefined : `DynamoDB_20120810.${operation}`);
  const request = new Request(new URL(path, endpoint), {
    method,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      ...(named === undefined ? {} : { 'x-amz-target': named }),
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20300101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      ...headers,
    },
    body: bytes,
  });
  for (const [name, value] of Object.entries(headers)) if (value === undefined) request.headers.delete(name);
  const response = await fetch(request);
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    // Not every answer is JSON: the caller looks at the text then.
  }
  return { status: response.status, headers: response.headers, text, json };
}

function sdk(config) {
  const dynamo = new DynamoDB(config);
  return { dynamo, documents: DynamoDBDocument.from(dynamo) };
}

/** What every way into a region offers. */
class Way {
  #tables = 0;

  /** A name that no other test of this file uses. */
  name(prefix = 'Table') {
    this.#tables += 1;
    return `${prefix}-${this.#tables}`;
  }

  /** Creates a table: a string key `id` unless told otherwise. Resolves to its name. */
  async table(definition = {}) {
    const TableName = definition.TableName ?? this.name();
    await this.call('CreateTable', {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ...definition,
      TableName,
    });
    return TableName;
  }
}

class Exchanges extends Way {
  async call(operation, input) {
    const { status, json } = await this.exchange({ operation, body: input });
    if (status !== 200) throw new Refusal(status, json);
    return json;
  }
}

/** The AWS SDK and `db.fetch`, nothing in between. */
class InProcess extends Exchanges {
  static title = 'in process';

  async open(options) {
    const { Snowglobe } = await import('snowglobe');
    this.db = await Snowglobe.open({ storage: 'memory', region, seed: 1, ...options });
    Object.assign(this, sdk(this.db.clientConfig()));
  }

  exchange(request) {
    return exchange((sent) => this.db.fetch(sent), 'http://127.0.0.1/', 'tests', request);
  }

  async close() {
    this.dynamo.destroy();
    await this.db.close();
  }
}

/** The AWS SDK and plain requests over HTTP. */
class OverHttp extends Exchanges {
  static title = 'over HTTP';

  async open() {
    this.server = foreign ? { endpoint: foreign, stop: async () => {} } : await startServer('--memory');
    this.endpoint = this.server.endpoint;
    const requestHandler = { httpAgent: new Agent({ keepAlive: true, maxSockets: 32 }) };
    this.accessKeyId = accessKey();
    const credentials = { accessKeyId: this.accessKeyId, secretAccessKey: 'tests' };
    Object.assign(this, sdk({ endpoint: this.endpoint, region, credentials, requestHandler }));
  }

  exchange(request) {
    return exchange(fetch, this.endpoint, this.accessKeyId, request);
  }

  async close() {
    this.dynamo.destroy();
    await this.server.stop();
  }
}

/** The package's own methods, `db.putItem(...)` and the like: no JSON text between the caller and the engine. */
class ByMethod extends Way {
  static title = 'by method';

  async open(options) {
    const { Snowglobe } = await import('snowglobe');
    this.db = await Snowglobe.open({ storage: 'memory', region, seed: 1, ...options });
  }

  call(operation, input) {
    return this.db[operation[0].toLowerCase() + operation.slice(1)](input);
  }

  async close() {
    await this.db.close();
  }
}

function over(ways, title, define, options) {
  for (const Way of ways) {
    if (foreign && Way !== OverHttp) continue;
    describe(`${title}, ${Way.title}`, () => {
      const way = new Way();
      before(() => way.open(options));
      after(() => way.close());
      define(way);
    });
  }
}

/** Defines a suite that holds for the AWS SDK in the process and over HTTP. */
export function withSdk(title, define, options) {
  over([InProcess, OverHttp], title, define, options);
}

/** Defines a suite of plain calls that holds for every way in. */
export function everyWay(title, define, options) {
  over([ByMethod, InProcess, OverHttp], title, define, options);
}

/** Defines a suite of HTTP exchanges, handed to `db.fetch` and sent to `snowglobe serve`. */
export function withExchanges(title, define, options) {
  over([InProcess, OverHttp], title, define, options);
}
