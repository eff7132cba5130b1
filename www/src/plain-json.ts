import type { AttributeValue, Document, Item } from './backend.js';

/**
 * Plain JSON for reading and typing: numbers, strings, lists and maps as themselves. What plain JSON cannot say keeps its DynamoDB
 * form (`{"SS": [...]}`, `{"B": "..."}`, a number past the safe digits as `{"N": "..."}`), so that an item survives the way there and back.
 */
export function plainOf(value: AttributeValue): unknown {
  const [type, content] = Object.entries(value)[0] ?? ['NULL', true];
  switch (type) {
    case 'S':
    case 'BOOL':
      return content;
    case 'NULL':
      return null;
    case 'N': {
      const number = Number(content);
      return String(number) === content ? number : { N: content };
    }
    case 'L':
      return (content as AttributeValue[]).map(plainOf);
    case 'M': {
      const map = plainItem(content as Item);
      // A map that looks like a typed value is written in full, or it would come back as that value.
      return typedForm(map) === undefined ? map : { M: content };
    }
    default:
      return { [type]: content };
  }
}

/** A whole item in plain JSON. */
export function plainItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainOf(value)]));
}

const TYPED = new Set(['N', 'B', 'SS', 'NS', 'BS', 'M']);

function typedForm(value: object): AttributeValue | undefined {
  const entries = Object.entries(value);
  const [type, content] = entries[0] ?? [];
  if (entries.length !== 1 || type === undefined || !TYPED.has(type)) return undefined;
  if (type === 'N' || type === 'B') return typeof content === 'string' ? { [type]: content } : undefined;
  if (type === 'M')
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? { M: content } : undefined;
  return Array.isArray(content) && content.every((member) => typeof member === 'string') ? { [type]: content } : undefined;
}

/** The attribute value that plain JSON stands for. */
export function attributeOf(plain: unknown): AttributeValue {
  if (plain === null || plain === undefined) return { NULL: true };
  if (typeof plain === 'string') return { S: plain };
  if (typeof plain === 'number') return { N: String(plain) };
  if (typeof plain === 'boolean') return { BOOL: plain };
  if (Array.isArray(plain)) return { L: plain.map(attributeOf) };
  return typedForm(plain as object) ?? { M: itemOf(plain as Record<string, unknown>) };
}

/** The item that a plain JSON object stands for. */
export function itemOf(plain: Record<string, unknown>): Item {
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, attributeOf(value)]));
}

/** The object that a text in JSON is, or undefined with the reason reported. */
export function objectOf(text: string, report: (problem: string | undefined) => void): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      report(undefined);
      return value as Document;
    }
    report('This is not a JSON object.');
  } catch (error) {
    report(error instanceof Error ? error.message : String(error));
  }
  return undefined;
}

/** One line for a table's cell. Texts that could not be seen are shown as they are written in JSON. */
export function cellText(value: AttributeValue | undefined): string {
  if (value === undefined) return '';
  const plain = plainOf(value);
  if (typeof plain === 'string') return plain.trim() === '' ? JSON.stringify(plain) : plain;
  if (value['SS'] || value['NS']) return `{${((value['SS'] ?? value['NS']) as string[]).join(', ')}}`;
  if (value['N']) return String(value['N']);
  return JSON.stringify(plain);
}
