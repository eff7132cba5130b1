// Where the compiled package is: pkg/dist, or what SNOWGLOBE_DIST says. Tests of inner modules import them from here.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = process.env.SNOWGLOBE_DIST ?? new URL('../../../pkg/dist', import.meta.url).pathname;
const base = pathToFileURL(`${resolve(root)}/`);

/** Imports one of the package's modules. */
export const load = (path) => import(new URL(path, base).href);
