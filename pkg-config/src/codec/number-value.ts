// Numbers as decimal text, for values that a JavaScript number cannot hold.

/** What a {@link NumberValue} is made from. */
export type NumberValueInput = number | bigint | string | { readonly N: string };

/**
 * A number kept as text, exact to DynamoDB's 38 digits. Takes the place of `NumberValue` of `@aws-sdk/lib-dynamodb`, whose
 * instances are taken as well.
 */
export class NumberValue {
  /** The number, as it was given. */
  readonly value: string;

  /** @throws Error for a number that JavaScript has rounded already. */
  constructor(value: NumberValueInput) {
    this.value = typeof value === 'object' && 'N' in value ? String(value.N) : String(value);
    const number: unknown = value.valueOf();
    const imprecise = typeof number === 'number' && !(number <= Number.MAX_SAFE_INTEGER && number >= Number.MIN_SAFE_INTEGER);
    if (imprecise) {
      throw new Error(`NumberValue should not be initialized with an imprecise number=${number}. Use a string instead.`);
    }
  }

  /** The same as the constructor. */
  static from(value: NumberValueInput): NumberValue {
    return new NumberValue(value);
  }

  /** The number in DynamoDB JSON. */
  toAttributeValue(): { N: string } {
    return { N: this.value };
  }

  /** The number as an integer. @throws SyntaxError if it is none */
  toBigInt(): bigint {
    return BigInt(this.value);
  }

  /** The nearest JavaScript number, as the version 2 SDK's wrapper offers it. */
  toNumber(): number {
    return Number(this.value);
  }

  toString(): string {
    return this.value;
  }

  valueOf(): string {
    return this.value;
  }
}

/** The text of a number wrapped by this package, by either SDK, or by another copy of them; undefined for anything else. */
export function wrappedNumber(value: object): string | undefined {
  if (value instanceof NumberValue) return value.value;
  const shape = value as { value?: unknown; toAttributeValue?: unknown; wrapperName?: unknown };
  const wrapped =
    (typeof shape.toAttributeValue === 'function' && shape.value !== undefined) || shape.wrapperName === 'NumberValue';
  return wrapped ? String(value) : undefined;
}
