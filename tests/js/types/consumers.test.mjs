// The package's declarations as an application's compiler reads them: strict, with the libraries' own files checked too, in a project
// that has no other package than this one.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../../support/package.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const packageOf = (name) => dirname(require.resolve(`${name}/package.json`));

let project;
before(async () => {
  project = await mkdtemp(join(tmpdir(), 'snowglobe-types-'));
  await mkdir(join(project, 'node_modules', '@types'), { recursive: true });
  await symlink(packageRoot, join(project, 'node_modules', 'snowglobe'), 'junction');
  await symlink(packageOf('@types/node'), join(project, 'node_modules', '@types', 'node'), 'junction');
  await copyFile(fileURLToPath(new URL('consumer.ts', import.meta.url)), join(project, 'consumer.ts'));
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
});
after(() => rm(project, { recursive: true, force: true }));

const settings = {
  'a page': { target: 'ES2022', lib: ['ES2022', 'DOM'], module: 'ESNext', moduleResolution: 'bundler', types: [] },
  'a worker': { target: 'ES2022', lib: ['ES2022', 'WebWorker'], module: 'ESNext', moduleResolution: 'bundler', types: [] },
  'Node without DOM': { target: 'ES2022', lib: ['ES2022'], module: 'NodeNext', moduleResolution: 'nodenext', types: ['node'] },
};

for (const [name, options] of Object.entries(settings)) {
  test(`an application for ${name} compiles`, async () => {
    const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, ...options };
    const file = join(project, `tsconfig.${options.lib.at(-1)}.json`);
    await writeFile(file, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    const compiler = join(packageOf('typescript'), 'bin', 'tsc');
    const { stdout } = await run(process.execPath, [compiler, '-p', file]).catch((error) => error);
    assert.equal(stdout, '');
  });
}
