// How native values become attribute values and back: the options of the AWS document clients, with their meaning.
import type { NumberValue } from './number-value.js';

/** Options for the way in, as `marshallOptions` of `@aws-sdk/lib-dynamodb`. */
export interface MarshallOptions {
  /** Turn empty strings, binaries and sets into NULL. */
  convertEmptyValues?: boolean;
  /** Leave undefined members out of maps, lists and sets instead of refusing them. Undefined attributes are always left out. */
  removeUndefinedValues?: boolean;
  /** Store an instance of a class as a map of its enumerable members instead of refusing it. */
  convertClassInstanceToMap?: boolean;
  /** Accepted for the AWS client's sake; a document client has no use for `false`. */
  convertTopLevelContainer?: boolean;
  /** Send numbers that JavaScript has rounded instead of refusing them. */
  allowImpreciseNumbers?: boolean;
}

/** Options for the way out, as `unmarshallOptions` of `@aws-sdk/lib-dynamodb`. */
export interface UnmarshallOptions {
  /** Give numbers as {@link NumberValue}, or as what a function makes of their text. */
  wrapNumbers?: boolean | ((text: string) => unknown);
  /** Give sets as the version 2 client's set objects instead of `Set`. */
  wrapSets?: boolean;
  /** Accepted for the AWS client's sake; a document client has no use for `false`. */
  convertWithoutMapWrapper?: boolean;
}
