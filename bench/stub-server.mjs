// A server that reads a request and answers what a DynamoDB would, always the same bytes: what an endpoint cannot cost less than. A
// process of its own, as the endpoints are that stand beside it: `node bench/stub-server.mjs PORT`.

import { createServer } from 'node:http';
import { crc32 } from 'node:zlib';
import { marshall } from '@aws-sdk/util-dynamodb';
import { item } from './documents.mjs';

const answers = {
  GetItem: { Item: marshall(item(1)) },
  Query: { Items: Array.from({ length: 20 }, (_, n) => marshall(item(n))), Count: 20, ScannedCount: 20 },
  BatchWriteItem: { UnprocessedItems: {} },
};
const canned = new Map(Object.entries(answers).map(([operation, answer]) => [operation, can(answer)]));
const empty = can({});

/** A body and its headers. */
function can(answer) {
  const body = Buffer.from(JSON.stringify(answer));
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': '0'.repeat(52),
    'x-amz-crc32': String(crc32(body)),
    'content-length': String(body.length),
  };
  return { headers, body };
}

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    const { headers, body } = canned.get(operation) ?? empty;
    response.writeHead(200, headers);
    response.end(body);
  });
});
// As long as `snowglobe serve` keeps them: a connection that closes between two rounds is opened again at somebody's cost.
server.keepAliveTimeout = 65_000;
server.listen(Number(process.argv[2]), '127.0.0.1');
