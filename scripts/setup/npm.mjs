// npm dependencies, exactly as the lock files say. The root's are needed by everything; those of tests/runtimes, tests/libraries and
// bench are large and installed only by the commands that use them.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { fingerprint, unlessDone } from '../lib/stamp.mjs';

// Under `npm run`, npm says where it lies itself; that spares a search on PATH and npm.cmd on Windows.
const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];

/** npm with these arguments, as command and arguments. */
export const npmCommand = (...args) => [npm[0], [...npm.slice(1), ...args]];

/** A package's own command, run by this very Node. */
export function nodeTool(path, ...args) {
  return [process.execPath, [inRoot('node_modules', ...path.split('/')), ...args]];
}

async function install(folder, what, { built = [], outputs = [] } = {}) {
  const at = (name) => join(folder, name);
  const manifests = [
    at('package.json'),
    at('package-lock.json'),
    at('.npmrc'),
    ...(folder === '.' ? ['www/package.json'] : []),
  ];
  await unlessDone(
    {
      name: `npm-${what}`,
      print: fingerprint(manifests, [process.version, process.platform, process.arch]),
      outputs: [inRoot(folder, 'node_modules'), ...outputs],
      stamp: inRoot(folder, 'node_modules', '.snowglobe-stamp'),
    },
    async () => {
      const cwd = inRoot(folder);
      await run(`npm dependencies: ${what}`, ...npmCommand('ci', '--no-progress', '--loglevel=error'), {
        cwd,
        hint: existsSync(inRoot(folder, 'package-lock.json'))
          ? `check the network; if package.json was changed, run \`npm install\` in ${cwd} once to update its lock file.`
          : `run \`npm install\` in ${cwd} to write its lock file.`,
      });
      // Install scripts are off (.npmrc); these packages are useless without theirs.
      for (const name of built) {
        await run(`npm dependencies: build ${name}`, ...npmCommand('rebuild', name, '--ignore-scripts=false'), {
          cwd,
          hint: `see the log; building ${name} may need a C++ compiler and Node's headers.`,
        });
      }
    },
  );
}

export const ensureNpm = () => install('.', 'build and tests');
export const ensureRuntimes = () => install('tests/runtimes', 'Deno, Bun and workerd', { built: ['bun'] });
export const ensureLibraries = () => install('tests/libraries', 'the libraries to be used with the package');
export const ensurePeers = () => install('bench', 'the databases to measure beside', { built: ['better-sqlite3'] });
