// The package as users get it: packed, and installed into a project of its own.

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from './package.mjs';

const run = promisify(execFile);
const npm = (args, cwd) => run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'], { cwd });
const smoke = fileURLToPath(new URL('../runtimes/smoke.mjs', import.meta.url));

/** Packs pkg/ and installs the tarball. The project lies outside the checkout, so that nothing of it is found by accident. */
export async function packedProject() {
  const root = await mkdtemp(join(tmpdir(), 'snowglobe-packed-'));
  const tarballs = join(root, 'tarballs');
  const project = join(root, 'project');
  await Promise.all([mkdir(tarballs), mkdir(project)]);
  await npm(['pack', packageRoot, '--pack-destination', tarballs], root);
  const [tarball] = await readdir(tarballs);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  await npm(['install', '--offline', join(tarballs, tarball)], project);
  await cp(smoke, join(project, basename(smoke)));
  return {
    project,
    installed: join(project, 'node_modules', 'snowglobe'),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
