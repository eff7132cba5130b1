// HTTP without a server: one exchange handed to the engine, in the shapes of the web's fetch and of the AWS SDK's request handlers. What an answer is
// (operations, errors, health, CORS, signatures, checksums) is the engine's; here are bodies, headers and aborts.
import { bodyBytesMax, joined } from './body.js';
import { type AbortSignalLike, onAbort } from './client/caller.js';
import { Decoder } from './codec/decoder.js';
import { Tag } from './codec/layout.js';
import { FlatWriter } from './codec/writer.js';
import { Status } from './engine.js';
import { AbortError } from './errors.js';
import type { Session } from './session.js';

/** An HTTP request, taken apart. Header names are in lower case. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer to an {@link HttpRequest}. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

class ExchangeWriter extends FlatWriter {
  encode(request: HttpRequest): number {
    this.begin();
    const tree = this.open(Tag.M);
    this.name('method');
    this.string(request.method);
    this.name('path');
    this.string(request.path);
    this.name('headers');
    const headers = this.open(Tag.M);
    const names = Object.keys(request.headers);
    for (const name of names) {
      this.name(name);
      this.string(request.headers[name]!);
    }
    this.close(headers, names.length);
    this.name('body');
    this.tag(Tag.B);
    this.blob(request.body);
    this.close(tree, 4);
    return this.length;
  }
}

/** Hands HTTP exchanges to an engine. */
export class HttpEndpoint {
  private readonly writer: ExchangeWriter;
  private readonly decoder: Decoder;

  constructor(private readonly session: Session) {
    this.writer = new ExchangeWriter(session.window, session);
    this.decoder = new Decoder(session.window, 'json');
  }

  /** What the cluster looks like now. */
  describe(): unknown {
    return this.session.describe();
  }

  /** Answers one request. @throws DatabaseClosedError, EngineFailedError, AbortError */
  async exchange(request: HttpRequest, signal?: AbortSignalLike): Promise<HttpResponse> {
    if (signal?.aborted === true) throw new AbortError(signal.reason);
    // A body may come from a caller's code in the middle of another request; it takes its turn behind that one.
    while (this.session.busy) await undefined;
    this.session.check();
    const length = this.writer.encode(request);
    if (this.session.exchange(length) !== Status.Pending) return this.read(this.session.answer);
    let takeBack: () => void = () => undefined;
    let giveUp: (reason: unknown) => void = () => undefined;
    const pending = new Promise<HttpResponse>((resolve, reject) => {
      takeBack = this.session.wait({ done: (address) => resolve(this.read(address)), failed: reject });
      giveUp = reject;
    });
    if (signal !== undefined) {
      onAbort(signal, pending, () => {
        takeBack();
        giveUp(new AbortError(signal.reason));
      });
    }
    return pending;
  }

  private read(address: number): HttpResponse {
    return this.decoder.decode(address, {}) as HttpResponse;
  }
}

/** What the AWS SDK's clients hand to a request handler. */
export interface SdkHttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request handler for the AWS SDK's version 3 clients. */
export interface SdkRequestHandler {
  readonly metadata: { readonly handlerProtocol: 'http/1.1' };
  handle(
    request: SdkHttpRequest,
    options?: { abortSignal?: AbortSignalLike | undefined; requestTimeout?: number | undefined },
  ): Promise<{ response: { statusCode: number; headers: Record<string, string>; body: Uint8Array } }>;
  /** Does nothing: the database may have other users. */
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

const utf8 = new TextEncoder();

/** Makes a request handler of an endpoint. */
export function sdkRequestHandler(endpoint: HttpEndpoint): SdkRequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options = {}) {
      const body = await sdkBody(request.body);
      const { method, path } = request;
      const answer = await endpoint.exchange(
        { method, path: path + queryText(request.query), headers: lowerCase(request.headers), body },
        options.abortSignal,
      );
      return { response: { statusCode: answer.status, headers: answer.headers, body: answer.body } };
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

/** Bytes of a body in any of the forms that SDK versions send; never calls a string method on bytes. */
async function sdkBody(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body === 'string') return utf8.encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
}

function queryText(query: SdkHttpRequest['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((one) => (one === null ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(one)}`)),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Answers a web request, as a fetch handler does. */
export async function answerFetch(endpoint: HttpEndpoint, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const body = await webBody(request);
  const answer = await endpoint.exchange(
    { method: request.method, path: url.pathname + url.search, headers, body },
    request.signal,
  );
  const hasBody = answer.status !== 204 && answer.status !== 304 && request.method !== 'HEAD';
  return new Response(hasBody ? answer.body : null, { status: answer.status, headers: answer.headers });
}

/** A request's body, decompressed where its header says so. One that cannot be decompressed is as good as none. */
async function webBody(request: Request): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array(await request.arrayBuffer());
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase();
  const compressed = encoding === 'gzip' || encoding === 'deflate';
  const stream: ReadableStream<Uint8Array> = compressed
    ? request.body.pipeThrough(new DecompressionStream(encoding) as unknown as ReadableWritablePair<Uint8Array, Uint8Array>)
    : request.body;
  try {
    return await readAll(stream.getReader());
  } catch (error) {
    if (compressed && !request.signal.aborted) return new Uint8Array(0);
    throw error;
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks);
    length += value.length;
    chunks.push(value);
    if (length > bodyBytesMax) {
      await reader.cancel();
      return joined(chunks);
    }
  }
}
