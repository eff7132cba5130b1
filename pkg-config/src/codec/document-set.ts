// The version 2 SDK's sets: an object with the members in an array, made by `createSet`.
import { binaryBytes } from './binary.js';

/** What the members of a {@link DocumentSet} are. */
export type DocumentSetType = 'String' | 'Number' | 'Binary';

/** A set as the version 2 document client knows it. */
export class DocumentSet<Member = unknown> {
  readonly wrapperName = 'Set';
  readonly type: DocumentSetType;

  /** @throws Error named `InvalidSetType` for an empty list or members that no set can hold, `InvalidType` for members of different kinds. */
  constructor(
    readonly values: Member[],
    options: { validate?: boolean } = {},
  ) {
    const type = memberType(values[0]);
    if (type === undefined) throw invalid('InvalidSetType', 'Sets can contain string, number, or binary values');
    this.type = type;
    if (options.validate === true) {
      for (const member of values) {
        if (memberType(member) !== type)
          throw invalid('InvalidType', `${type} Set contains ${String(memberType(member) ?? typeof member)} value`);
      }
    }
  }

  toJSON(): Member[] {
    return this.values;
  }
}

function memberType(member: unknown): DocumentSetType | undefined {
  if (typeof member === 'string' || member instanceof String) return 'String';
  if (typeof member === 'number' || typeof member === 'bigint' || member instanceof Number) return 'Number';
  if (typeof member !== 'object' || member === null) return undefined;
  if ((member as { wrapperName?: unknown }).wrapperName === 'NumberValue') return 'Number';
  return binaryBytes(member) === undefined ? undefined : 'Binary';
}

function invalid(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, code: name });
}
