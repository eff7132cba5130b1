// Where the built package lies. Tests import `snowglobe` by name, as users do; what is not exported is found through package.json.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifestPath = createRequire(import.meta.url).resolve('snowglobe/package.json');
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));

/** The package's folder. */
export const packageRoot = dirname(manifestPath);
/** The program that `npx snowglobe` runs. */
export const cli = join(packageRoot, manifest.bin.snowglobe);
