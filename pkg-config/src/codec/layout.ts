// The flat layout's tags, as src/value/flat documents them byte by byte. This file is the only place in the package that names
// the numbers; a request, a response and a stored item are all trees of these.

/** First byte of a flat value. */
export const Tag = {
  Null: 0x00,
  False: 0x01,
  True: 0x02,
  S: 0x03,
  N: 0x04,
  B: 0x05,
  Ss: 0x06,
  Ns: 0x07,
  Bs: 0x08,
  L: 0x09,
  M: 0x0a,
  /** `{"NULL": false}`, which the service refuses. */
  NullFalse: 0x0b,
  /** `{}` where a value belongs. */
  NoDatatype: 0x0c,
  /** A value with more than one datatype. */
  ManyDatatypes: 0x0d,
  /** A map of attributes inside a request or response. */
  Attributes: 0x20,
  /** One attribute value inside a request or response. */
  Attribute: 0x21,
  /** Seconds since the epoch, as decimal text. */
  Time: 0x22,
} as const;
