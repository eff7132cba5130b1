// Node's modules, on the hosts that have them. They are asked for by a name that only the running program knows: bundlers for browsers
// would look for them otherwise, and give up.

interface NodeModules {
  'node:fs/promises': typeof import('node:fs/promises');
  'node:os': typeof import('node:os');
  'node:path': typeof import('node:path');
}

/** One of Node's modules. @throws what the host throws for modules that it has not */
export function nodeModule<Name extends keyof NodeModules>(name: Name): Promise<NodeModules[Name]> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name) as Promise<NodeModules[Name]>;
}
