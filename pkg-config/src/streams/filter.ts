// Filter patterns as AWS Lambda's FilterCriteria has them: a pattern is an object of the event's shape whose leaves list what is
// accepted. Every member of a pattern must match, any entry of a list may. Lists of the event, as items have them, are seen through: what is
// in one counts as standing in its place, and all members of a pattern must match within one entry.

/** What a leaf of a pattern may accept. */
export type FilterRule =
  | string
  | number
  | boolean
  | null
  | { exists: boolean }
  | { prefix: string | { 'equals-ignore-case': string } }
  | { suffix: string | { 'equals-ignore-case': string } }
  | { 'equals-ignore-case': string }
  | { numeric: readonly (string | number)[] }
  | {
      'anything-but':
        | string
        | number
        | readonly (string | number)[]
        | { prefix: string | readonly string[] }
        | { suffix: string | readonly string[] }
        | { 'equals-ignore-case': string | readonly string[] };
    };

/** A pattern: objects of the event's shape, lists of rules at the leaves, `$or` for alternatives of which one must match. */
export type FilterPattern = { readonly [member: string]: FilterPattern | readonly FilterRule[] | readonly FilterPattern[] };

/** Whether a leaf's value is accepted, among all that stand at its path; undefined stands for one that is not there. */
type Test = (value: unknown, all: readonly unknown[]) => boolean;
/** Whether an object matches, among all that stand at its path; undefined stands for one that is not there. */
type Match = (value: unknown, all: readonly unknown[]) => boolean;

/**
 * Makes a pattern ready for use.
 *
 * @throws TypeError that says what is wrong with it
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const match = compileObject(pattern, 'the pattern');
  return (event) => match(event, [event]);
}

function compileObject(pattern: unknown, path: string): Match {
  if (!isObject(pattern)) throw wrong(path, 'must be an object');
  const members = Object.entries(pattern);
  if (members.length === 0) throw wrong(path, 'must not be empty');
  const tests = members.map(([name, inner]): Match => {
    const place = `${path}.${name}`;
    if (name === '$or') return compileAlternatives(inner, place);
    if (Array.isArray(inner)) return compileLeaf(name, inner, place);
    return within(name, compileObject(inner, place));
  });
  return (value, all) => tests.every((test) => test(value, all));
}

/** Tries a member of an object: any of its entries, if it is a list. */
function within(name: string, test: Test): Match {
  return (value, all) => {
    const every = all.flatMap((one) => entriesOf(one, name));
    return entriesOf(value, name).some((one) => test(one, every));
  };
}

/** What stands at a member: the entries of a list and of lists in it. An empty list stands for itself. */
function entriesOf(value: unknown, name: string): readonly unknown[] {
  const member = isObject(value) ? value[name] : undefined;
  if (!Array.isArray(member)) return [member];
  const entries: readonly unknown[] = member.flat(Number.POSITIVE_INFINITY);
  return entries.length > 0 ? entries : [member];
}

function compileAlternatives(alternatives: unknown, path: string): Match {
  if (!Array.isArray(alternatives) || alternatives.length < 2) throw wrong(path, 'must be a list of two patterns or more');
  const matches = alternatives.map((one, at) => compileObject(one, `${path}[${at}]`));
  return (value, all) => matches.some((match) => match(value, all));
}

function compileLeaf(name: string, rules: readonly unknown[], path: string): Match {
  if (rules.length === 0) throw wrong(path, 'must not be an empty list');
  const tests = rules.map((rule, at) => compileRule(rule, `${path}[${at}]`));
  return within(name, (value, all) => tests.some((test) => test(value, all)));
}

function compileRule(rule: unknown, path: string): Test {
  if (rule === null || typeof rule === 'string' || typeof rule === 'number' || typeof rule === 'boolean') {
    return (value) => value === rule;
  }
  const [entry, ...more] = isObject(rule) ? Object.entries(rule) : [];
  if (entry === undefined || more.length > 0) throw wrong(path, 'must be a value or an object of one rule');
  const [kind, operand] = entry;
  switch (kind) {
    case 'exists':
      return compileExists(operand, path);
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return compileText(kind, operand, path);
    case 'numeric':
      return compileNumeric(operand, path);
    case 'anything-but':
      return compileAnythingBut(operand, path);
    default:
      throw wrong(path, `has the rule '${kind}', which there is not`);
  }
}

/** Whether a leaf is there: objects do not count, as patterns say so about leaves only. */
function compileExists(operand: unknown, path: string): Test {
  if (typeof operand !== 'boolean') throw wrong(path, 'must say true or false');
  const isLeaf: (value: unknown) => boolean = (value) => value !== undefined && !isObject(value);
  return operand ? isLeaf : (_, all) => !all.some(isLeaf);
}

type TextRule = 'prefix' | 'suffix' | 'equals-ignore-case';

function compileText(kind: TextRule, operand: unknown, path: string): Test {
  if (kind !== 'equals-ignore-case' && isObject(operand)) {
    const folded = operand['equals-ignore-case'];
    if (typeof folded !== 'string') throw wrong(path, 'must be a text');
    return textTest(kind, folded, true);
  }
  if (typeof operand !== 'string') throw wrong(path, 'must be a text');
  return textTest(kind, operand, kind === 'equals-ignore-case');
}

function textTest(kind: TextRule, wanted: string, ignoreCase: boolean): Test {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const folded = fold(wanted);
  return (value) => {
    if (typeof value !== 'string') return false;
    const text = fold(value);
    if (kind === 'prefix') return text.startsWith(folded);
    return kind === 'suffix' ? text.endsWith(folded) : text === folded;
  };
}

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `["=", 5]`, `[">", 0, "<=", 100]`. Items hold numbers as texts: those count as the numbers they are. */
function compileNumeric(operand: unknown, path: string): Test {
  const fault = wrong(path, 'must be a list of comparisons with numbers, such as [">", 0, "<=", 100]');
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw fault;
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < operand.length; at += 2) {
    const compare = comparisons[String(operand[at])];
    const bound: unknown = operand[at + 1];
    if (compare === undefined || typeof bound !== 'number') throw fault;
    tests.push((value) => compare(value, bound));
  }
  return (value) => {
    const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
    return isNumber && tests.every((test) => test(Number(value)));
  };
}

function compileAnythingBut(operand: unknown, path: string): Test {
  const unwanted = excluded(operand, path);
  return (value) => value !== undefined && !isObject(value) && !unwanted.some((test) => test(value, []));
}

function excluded(operand: unknown, path: string): Test[] {
  if (isObject(operand)) {
    const [entry, ...more] = Object.entries(operand);
    if (entry === undefined || more.length > 0) throw wrong(path, 'must exclude by one rule');
    const [kind, texts] = entry;
    if (kind !== 'prefix' && kind !== 'suffix' && kind !== 'equals-ignore-case')
      throw wrong(path, `cannot exclude by '${kind}'`);
    return listOf(texts).map((text) => compileText(kind, text, path));
  }
  return listOf(operand).map((one) => {
    if (typeof one !== 'string' && typeof one !== 'number') throw wrong(path, 'must exclude texts or numbers');
    return (value) => value === one;
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(path: string, what: string): TypeError {
  return new TypeError(`${path} ${what}`);
}
