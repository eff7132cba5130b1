// The package's modules one by one, as tsc compiles them (target/js): the published package has them bundled. They are other instances
// than those of `snowglobe`; where both meet in a test they share no state.
const base = new URL('../../../target/js/', import.meta.url);

/** Imports one of the package's modules. */
export const load = (path) => import(new URL(path, base).href);
