#!/usr/bin/env node
// The command `snowglobe`.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Snowglobe } from './entries/node.js';
import type { ClusterOptions, OpenOptions } from './options.js';
import { serve } from './server.js';

const help = `snowglobe: a whole DynamoDB region in one process

Usage: snowglobe serve [options]

  --port N          port to listen on (8000; 0 takes a free one)
  --host HOST       address to listen on (127.0.0.1)
  --data DIR        keep the database in this folder
  --name NAME       which database of the folder, as Snowglobe.open() names it (snowglobe)
  --memory          keep it in memory only (what happens without --data)
  --region NAME     region in ARNs where a request's credentials name none (local-1)
  --seed N          every generated id and random choice follows from it
  --latency A-B     simulated latency between replicas, in milliseconds
  --console DIR     folder of the console's page ('none' for no page)
  --access-key ID:SECRET   verify signatures; may be given several times
  -h, --help        this text
  -v, --version     the package's version
`;

class UsageError extends Error {}

interface Command {
  readonly open: OpenOptions;
  readonly port: number;
  readonly host: string;
  readonly console: string | undefined;
  /** Whether nobody has said where the data is to be. */
  readonly isUndecided: boolean;
}

function parse(args: string[]): Command | 'help' | 'version' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '8000' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      name: { type: 'string' },
      memory: { type: 'boolean', default: false },
      region: { type: 'string', default: 'local-1' },
      seed: { type: 'string' },
      latency: { type: 'string' },
      console: { type: 'string' },
      'access-key': { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'v', default: false },
    },
  });
  if (values.help || args.length === 0) return 'help';
  if (values.version) return 'version';
  if (positionals.length === 0) throw new UsageError("Say what to do: 'snowglobe serve' with these options");
  if (positionals.length !== 1 || positionals[0] !== 'serve')
    throw new UsageError(`There is no command '${positionals.join(' ')}'`);
  if (values.memory && values.data !== undefined) throw new UsageError('--memory and --data exclude each other');
  if (values.data === '') throw new UsageError('--data takes the name of a folder');
  if (values.name === '') throw new UsageError('--name takes the name of a database');
  const open: OpenOptions = {
    region: values.region,
    storage: values.data === undefined ? 'memory' : { directory: values.data },
  };
  if (values.name !== undefined) open.name = values.name;
  if (values.seed !== undefined) open.seed = integer('--seed', values.seed, Number.MAX_SAFE_INTEGER);
  if (values.latency !== undefined) open.cluster = latency(values.latency);
  if (values['access-key'] !== undefined) open.credentials = Object.fromEntries(values['access-key'].map(accessKey));
  return {
    open,
    port: integer('--port', values.port, 65_535),
    host: values.host,
    console: consoleFolder(values.console),
    isUndecided: values.data === undefined && !values.memory,
  };
}

function integer(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new UsageError(`${option} takes an integer from 0 to ${max}, not '${text}'`);
  return value;
}

function latency(text: string): ClusterOptions {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const range: [number, number] = [Number(from), Number(to ?? from)];
  if (from === undefined || range[0] > range[1])
    throw new UsageError(`--latency takes milliseconds such as 5 or 1-20, not '${text}'`);
  return { network: { latencyMs: range } };
}

function accessKey(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) throw new UsageError('--access-key takes ID:SECRET');
  return [text.slice(0, colon), text.slice(colon + 1)];
}

/** The package brings the console along; a checkout may not have built it. */
function consoleFolder(given: string | undefined): string | undefined {
  if (given === 'none') return undefined;
  if (given !== undefined) {
    if (!existsSync(given)) throw new UsageError(`--console: there is no folder ${given}`);
    return given;
  }
  const own = fileURLToPath(new URL('../console', import.meta.url));
  return existsSync(own) ? own : undefined;
}

async function run(command: Command): Promise<void> {
  const db = await Snowglobe.open(command.open);
  const server = await serve(db.httpEndpoint(), { port: command.port, host: command.host, console: command.console }).catch(
    async (error: unknown) => {
      await db.close();
      throw error;
    },
  );
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  console.log(`listening on ${server.url}`);
  if (command.isUndecided) console.log('The data is in memory and goes with this process; --data DIR keeps it.');
  await signalled;
  await server.stop();
  await db.close();
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

async function main(): Promise<void> {
  const command = parse(process.argv.slice(2));
  if (command === 'help') process.stdout.write(help);
  else if (command === 'version') console.log(await version());
  else await run(command);
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
  const message = error instanceof Error ? error.message : String(error);
  // Node goes on to say how an argument that begins with a dash could be no option, which nobody has meant.
  console.error(`snowglobe: ${message.replace(/(?<=^Unknown option '.*'\.) To specify .*/s, '')}`);
  if (isUsage) console.error("Try 'snowglobe --help'.");
  process.exitCode = isUsage ? 2 : 1;
});
