import type { Snowglobe } from 'snowglobe';

/** An attribute value in DynamoDB JSON, binary as base64. */
export type AttributeValue = Record<string, unknown>;
/** An item or a key in DynamoDB JSON. */
export type Item = Record<string, AttributeValue>;
/** A request or a response in DynamoDB JSON. */
export type Document = Record<string, unknown>;

/** One replica, as `cluster.describe()` shows it. */
export interface ReplicaDescription {
  readonly id: string | number;
  readonly zone: string | number;
  readonly role: 'leader' | 'follower';
  readonly appended: number;
  readonly committed: number;
  readonly applied: number;
}

/** One partition, as `cluster.describe()` shows it. */
export interface PartitionDescription {
  readonly id: string | number;
  readonly table: string;
  readonly index?: string;
  readonly hashRange: readonly [string, string];
  readonly leader: string | number | null;
  readonly replicas: readonly ReplicaDescription[];
}

export interface ClusterDescription {
  readonly now: number;
  readonly partitions: readonly PartitionDescription[];
}

/** A service's refusal: its name and its own sentence. */
export class ServiceError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Where the page's requests go. */
export interface Backend {
  readonly kind: 'browser' | 'endpoint';
  readonly label: string;
  call(operation: string, input: Document): Promise<Document>;
  /** Resolves once what was written is where it survives a reload. */
  settle(): Promise<void>;
  describe(): Promise<ClusterDescription>;
}

/** The endpoint that served this page. */
export class EndpointBackend implements Backend {
  readonly kind = 'endpoint';
  readonly label: string;
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
    this.label = new URL(origin).host;
  }

  /** True if a Snowglobe endpoint answers at the page's origin; a static host does not. */
  async isThere(): Promise<boolean> {
    try {
      return (await fetch(`${this.#origin}/_snowglobe/cluster`)).ok;
    } catch {
      return false;
    }
  }

  async call(operation: string, input: Document): Promise<Document> {
    const request = { method: 'POST', headers: headersOf(operation), body: JSON.stringify(input) };
    const response = await fetch(`${this.#origin}/`, request).catch((error: unknown) => {
      throw new Error(`the endpoint ${this.label} does not answer (${error instanceof Error ? error.message : String(error)})`);
    });
    return answer(await response.text(), response.status);
  }

  /** What an endpoint has acknowledged is its own to keep. */
  async settle(): Promise<void> {}

  async describe(): Promise<ClusterDescription> {
    const response = await fetch(`${this.#origin}/_snowglobe/cluster`);
    if (!response.ok) throw new Error(`the endpoint answered ${response.status}`);
    return (await response.json()) as ClusterDescription;
  }
}

/** A region of the page's own, kept in this browser's IndexedDB. */
export class BrowserBackend implements Backend {
  readonly kind = 'browser';
  readonly label: string;
  readonly #db: Snowglobe;

  private constructor(db: Snowglobe, label: string) {
    this.#db = db;
    this.label = label;
  }

  /** Opens the region; if another tab has it, this tab gets one in memory and says so. */
  static async open(): Promise<BrowserBackend> {
    const { Snowglobe } = await import('snowglobe');
    try {
      const db = await Snowglobe.open({ name: 'console', storage: 'indexeddb' });
      return new BrowserBackend(db, 'this browser (IndexedDB)');
    } catch (error) {
      console.warn('The console keeps its data in memory:', error);
      return new BrowserBackend(await Snowglobe.open({ storage: 'memory' }), 'this tab (memory only)');
    }
  }

  async call(operation: string, input: Document): Promise<Document> {
    // The same JSON that an endpoint reads and writes, so that the page has one representation of everything.
    const request = new Request('https://snowglobe.invalid/', {
      method: 'POST',
      headers: headersOf(operation),
      body: JSON.stringify(input),
    });
    const response = await this.#db.fetch(request);
    return answer(await response.text(), response.status);
  }

  /** A page that is left has no time to save anything, so it saves after each change. */
  settle(): Promise<void> {
    return this.#db.flush();
  }

  async describe(): Promise<ClusterDescription> {
    return this.#db.cluster.describe() as ClusterDescription;
  }
}

function headersOf(operation: string): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=console/20300101/local-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
}

function answer(text: string, status: number): Document {
  const body = text === '' ? {} : (JSON.parse(text) as Document);
  if (status === 200) return body;
  const type = String(body['__type'] ?? 'UnknownError');
  throw new ServiceError(type.slice(type.lastIndexOf('#') + 1), String(body['message'] ?? body['Message'] ?? ''));
}
