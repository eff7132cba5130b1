// A middleware stack for code that adds to a client's, such as tracers: the AWS SDK's initialize step, around the whole call.

type Next = (args: { input: unknown }) => Promise<{ output: unknown; response: unknown }>;
export type Middleware = (next: Next, context: Record<string, unknown>) => Next;

interface Entry {
  readonly middleware: Middleware;
  readonly name: string | undefined;
}

export interface Pluggable {
  applyToStack(stack: MiddlewareStack): void;
}

/** Middlewares in the order added, the first one outermost. Steps, priorities and relations are accepted and mean nothing here. */
export class MiddlewareStack {
  private entries: Entry[] = [];

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  add(middleware: Middleware, options: { name?: string; override?: boolean } = {}): void {
    if (options.name !== undefined) {
      const named = this.entries.some(({ name }) => name === options.name);
      if (named && options.override !== true) throw new Error(`Duplicate middleware name '${options.name}'`);
      this.remove(options.name);
    }
    this.entries.push({ middleware, name: options.name });
  }

  addRelativeTo(middleware: Middleware, options: { name?: string; override?: boolean } = {}): void {
    this.add(middleware, options);
  }

  use(plugin: Pluggable): void {
    plugin.applyToStack(this);
  }

  remove(which: Middleware | string): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter(({ middleware, name }) => middleware !== which && name !== which);
    return this.entries.length < before;
  }

  clone(): MiddlewareStack {
    const clone = new MiddlewareStack();
    clone.entries = [...this.entries];
    return clone;
  }

  identify(): string[] {
    return this.entries.map(({ name }) => `${name ?? 'anonymous'}: initialize - normal`);
  }

  /** Runs `last` inside all middlewares. */
  async run(commandName: string, input: unknown, last: (input: unknown) => Promise<unknown>): Promise<unknown> {
    const context = { clientName: 'DynamoDBClient', commandName };
    let next: Next = async (args) => ({ output: await last(args.input), response: {} });
    for (const { middleware } of [...this.entries].reverse()) next = middleware(next, context);
    return (await next({ input })).output;
  }
}
