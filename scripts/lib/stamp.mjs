// Done steps cost nothing: a step's inputs are hashed, and the hash of the last success is kept as its stamp.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { inRoot, root, tools } from './paths.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'target', '.git']);

/** All files under the given paths (relative to the checkout), sorted, without generated folders. Absent paths are none. */
export function filesUnder(...paths) {
  const found = [];
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) {
      found.push(path);
      return;
    }
    for (const name of readdirSync(path)) if (!SKIPPED.has(name)) visit(join(path, name));
  };
  for (const path of paths) visit(inRoot(path));
  return found.sort();
}

/** One hash over the contents and names of `paths` and over `facts` (versions, flags). */
export function fingerprint(paths, facts = []) {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of filesUnder(...paths)) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Does `work` unless it succeeded before with the same fingerprint and every one of `outputs` is still there.
 * Answers whether it worked.
 */
export async function unlessDone({ name, print, outputs, stamp = join(tools, 'stamps', name) }, work) {
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === print && outputs.every((output) => existsSync(output));
  if (done) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
  return true;
}
