// The endpoint over plain `node:http`: bodies read and unpacked, exchanges handed to the database, long answers packed for those who
// take them so, the console's files served, and a stop that lets answers finish. What DynamoDB answers is the database's business.
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createBrotliDecompress, createGunzip, createInflate, gzip } from 'node:zlib';
import { bodyBytesMax, joined } from './body.js';
import { crc32 } from './checksum.js';
import type { HttpRequest, HttpResponse } from './http.js';

/** What the server needs of a database. */
export interface Endpoint {
  exchange(request: HttpRequest): Promise<HttpResponse>;
  /** What the console shows of the cluster. */
  describe(): unknown;
}

/** Where the console asks what the cluster looks like; no AWS client asks for such a path. */
const clusterPath = '/_snowglobe/cluster';

export interface ServeOptions {
  port: number;
  /** Where to listen; by default on this machine only. */
  host?: string;
  /** A folder with the console's page; it is shown to browsers. */
  console?: string | undefined;
  /** How long a request may take to arrive, in milliseconds: a client that dribbles is cut off. */
  requestTimeoutMs?: number;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Takes no new requests, finishes those under way, and closes. */
  stop(): Promise<void>;
}

/** How long connections may take to finish once the server stops. */
const graceMs = 5_000;

/** Where a body that is too long is not even read past any more. */
const skippedBytesMax = 8 * bodyBytesMax;

/** Shortest answer that is worth packing. */
const gzipBytesMin = 4_096;

const pack = promisify(gzip);

/** Starts serving. @throws Error with the reason in plain words when the port is taken or not allowed */
export async function serve(endpoint: Endpoint, options: ServeOptions): Promise<RunningServer> {
  const { port, host = '127.0.0.1', requestTimeoutMs = 60_000 } = options;
  const folder = options.console === undefined ? undefined : await realpath(options.console);
  const timeouts = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, 20_000),
    connectionsCheckingInterval: Math.min(requestTimeoutMs / 2, 5_000),
  };
  let stopping = false;
  const server = createServer(timeouts, (request, response) => {
    answer(endpoint, folder, request, response, () => stopping).catch((error: unknown) => fail(response, error));
  });
  // Longer than the idle time of common clients' connection pools, so that a client never writes into a connection being closed.
  server.keepAliveTimeout = 65_000;
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${urlHost(host)}:${address.port}`,
    stop: () => {
      stopping = true;
      return stop(server);
    },
  };
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} on ${host} is in use: stop what listens there or choose another with --port`);
  if (error.code === 'EACCES')
    return new Error(`Port ${port} on ${host} may not be used by this user: choose one above 1023 with --port`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Error(`${host} is no address of this machine: choose another with --host`);
  return error;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearTimeout(impatience);
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeIdleConnections();
  });
}

async function answer(
  endpoint: Endpoint,
  folder: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  isStopping: () => boolean,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  if (method === 'GET' && url === clusterPath) return sendJson(response, 200, endpoint.describe());
  if (folder !== undefined && (method === 'GET' || method === 'HEAD')) {
    const file = await consoleFile(folder, url, request.headers.accept ?? '');
    if (file !== undefined) return sendFile(response, file, method);
  }
  const body = await readBody(request);
  // The client has gone away in the middle of its request.
  if (body === undefined) return;
  const reply = await endpoint.exchange({ method, path: url, headers: headersOf(request), body });
  const isLong = reply.body.length >= gzipBytesMin;
  const sent = isLong && takesGzip(request.headers['accept-encoding']) ? await packed(reply) : reply;
  const { headers } = sent;
  headers['content-length'] = String(sent.body.length);
  // The rest of a body that was too long may still be coming; and what was under way at a stop is the last on its connection.
  if (!request.complete || isStopping()) headers['connection'] = 'close';
  response.writeHead(sent.status, headers);
  response.end(method === 'HEAD' ? undefined : sent.body);
}

/** True for clients that say so, with a weight that is not zero. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  const codings = String(accepted ?? '').split(',');
  return codings.some((coding) => /^\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
}

/** A response with its body packed; the checksum is over the bytes as sent. */
async function packed(reply: HttpResponse): Promise<HttpResponse> {
  // Most clients are on this machine: little effort goes a long way.
  const body = new Uint8Array(await pack(reply.body, { level: 1 }));
  const headers = { ...reply.headers, 'content-encoding': 'gzip', 'x-amz-crc32': String(crc32(body)) };
  return { status: reply.status, headers, body };
}

/** `node:http` joins header values that came several times as HTTP allows, but for this one, which only servers are to send. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const cookies = headers['set-cookie'];
  return (cookies === undefined ? headers : { ...headers, 'set-cookie': cookies.join(', ') }) as Record<string, string>;
}

/**
 * Reads and unpacks a body, no further than the engine takes it; undefined when the client is gone. One that cannot be unpacked is as
 * good as none. (By events: iterating over the stream takes as long as everything that `node:http` does for a small request.)
 */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const body = unpacked(request);
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    body.on('data', (chunk: Uint8Array) => {
      // What follows on too much is read past, so that the client gets to read why it was refused.
      if (length <= bodyBytesMax) chunks.push(chunk);
      length += chunk.length;
      if (length <= skippedBytesMax) return;
      body.pause();
      resolve(joined(chunks));
    });
    body.on('end', () => resolve(joined(chunks)));
    body.on('error', () => resolve(request.destroyed && !request.complete ? undefined : new Uint8Array(0)));
    body.on('close', () => resolve(undefined));
  });
}

function unpacked(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  const unpack =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'deflate'
        ? createInflate()
        : encoding === 'br'
          ? createBrotliDecompress()
          : undefined;
  if (unpack === undefined) return request;
  request.on('error', (error) => unpack.destroy(error));
  return request.pipe(unpack);
}

function fail(response: ServerResponse, error: unknown): void {
  console.error('snowglobe:', error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendJson(response, 500, {
    __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    message: 'The request processing has failed because of an unknown error, exception or failure.',
  });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The console's file for a path: at `/` only for those who accept a page, everyone else asks after the endpoint's health. */
async function consoleFile(folder: string, url: string, accept: string): Promise<string | undefined> {
  const path = pathOf(url);
  if (path === undefined || (path === '/' && !accept.includes('text/html'))) return undefined;
  const wanted = join(folder, path === '/' ? 'index.html' : path);
  try {
    // Links are followed before the check, so that none leads out of the folder.
    const file = await realpath(wanted);
    if (!file.startsWith(folder + sep)) return undefined;
    return (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, ''));
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

async function sendFile(response: ServerResponse, file: string, method: string): Promise<void> {
  const bytes = await readFile(file);
  const type = mediaTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
  response.writeHead(200, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  response.end(method === 'HEAD' ? undefined : bytes);
}
