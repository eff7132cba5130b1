// A `snowglobe serve` process of a test's own, and databases behind a plain `node:http` server for what the command line cannot set.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { cli } from './package.mjs';

const LISTENING = /^listening on (http:\/\/\S+)$/;

/**
 * Starts `snowglobe serve` on a port that is free and resolves once it accepts requests: its output says so, nothing is guessed.
 * @returns {Promise<{endpoint: string, process: import('node:child_process').ChildProcess, stop(signal?: NodeJS.Signals): Promise<{code: number | null, signal: string | null}>}>}
 */
export async function startServer(...given) {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints += text;
  });
  const said = [];
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  const endpoint = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const match = LISTENING.exec(line);
      if (match) resolve(match[1]);
    });
    ended.then(
      ({ code }) => reject(new Error(`snowglobe serve ended with ${code} before it listened:\n${complaints}`)),
      reject,
    );
  });
  return {
    endpoint,
    process: child,
    /** Asks it to stop and resolves to how it ended. */
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
    /** The lines that it has written. */
    said: () => said,
    complaints: () => complaints,
  };
}

/** Serves a database's `fetch` over HTTP. */
export async function serveDatabase(db) {
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = incoming.method === 'GET' || incoming.method === 'HEAD' ? undefined : Buffer.concat(chunks);
    const headers = Object.entries(incoming.headers).filter(([name]) => name !== 'connection' && name !== 'transfer-encoding');
    const url = new URL(incoming.url, `http://${incoming.headers.host}`);
    const answer = await db.fetch(new Request(url, { method: incoming.method, headers, body }));
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
