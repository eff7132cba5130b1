// The options of a document client: their types, and a clear word on those that would do nothing where they stand.
import type { MarshallOptions, UnmarshallOptions } from '../codec/options.js';

/** Options of a document client: the version 3 client's two objects, or the version 2 client's options beside them. */
export interface DocumentClientOptions {
  /** How JavaScript values become attribute values. */
  marshallOptions?: MarshallOptions;
  /** How attribute values become JavaScript values. */
  unmarshallOptions?: UnmarshallOptions;
  /** As in `marshallOptions`, where the version 2 client has it. */
  convertEmptyValues?: boolean;
  /** As in `unmarshallOptions`, where the version 2 client has it. */
  wrapNumbers?: UnmarshallOptions['wrapNumbers'];
  /** Members of every request that does not have them itself, such as a TableName, where the version 2 client has them. */
  params?: Readonly<Record<string, unknown>>;
  /**
   * A class that the client shall be an `instanceof`, such as lib-dynamodb's `DynamoDBDocumentClient`: its paginators ask. The class is
   * neither called nor changed.
   */
  instanceOf?: { readonly prototype: object };
}

const marshallNames: Record<keyof MarshallOptions, 0> = {
  convertEmptyValues: 0,
  removeUndefinedValues: 0,
  convertClassInstanceToMap: 0,
  convertTopLevelContainer: 0,
  allowImpreciseNumbers: 0,
};
const unmarshallNames: Record<keyof UnmarshallOptions, 0> = { wrapNumbers: 0, wrapSets: 0, convertWithoutMapWrapper: 0 };

/**
 * Checks options. Those of the version 2 client that say how to reach AWS are let pass: there is nothing to reach.
 *
 * @throws TypeError that names the option
 */
export function checkClientOptions(options: DocumentClientOptions): void {
  if (!isRecord(options)) throw new TypeError(`The options of a document client are ${shown(options)}; they must be an object`);
  const { marshallOptions, unmarshallOptions, convertEmptyValues, wrapNumbers, params, instanceOf, ...others } = options;
  checkGroup('marshallOptions', marshallOptions, marshallNames);
  checkGroup('unmarshallOptions', unmarshallOptions, unmarshallNames);
  checkValue('convertEmptyValues', convertEmptyValues);
  checkValue('wrapNumbers', wrapNumbers);
  for (const name of Object.keys(others)) {
    if (Object.hasOwn(marshallNames, name)) throw new TypeError(`${name} is a member of marshallOptions`);
    if (Object.hasOwn(unmarshallNames, name)) throw new TypeError(`${name} is a member of unmarshallOptions`);
  }
  if (params !== undefined && !isRecord(params)) throw new TypeError(`params is ${shown(params)}; it must be an object`);
  if (instanceOf !== undefined && !isRecord((instanceOf as { prototype?: unknown } | null)?.prototype)) {
    throw new TypeError(`instanceOf is ${shown(instanceOf)}; it must be a class`);
  }
}

function checkGroup(group: string, given: unknown, names: Record<string, 0>): void {
  if (given === undefined) return;
  if (!isRecord(given)) throw new TypeError(`${group} is ${shown(given)}; it must be an object`);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(names, name)) {
      throw new TypeError(`Unknown option '${name}' in ${group}; there are ${Object.keys(names).join(', ')}`);
    }
    checkValue(name, value);
  }
}

function checkValue(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  if (name === 'wrapNumbers' && typeof value === 'function') return;
  throw new TypeError(`${name} is ${shown(value)}; it must be true or false${name === 'wrapNumbers' ? ', or a function' : ''}`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : Array.isArray(value) ? 'a list' : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
