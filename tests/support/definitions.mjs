// The parts of which definitions of tables and indexes are made.

/** An element of a key schema. */
export const key = (name, KeyType = 'HASH') => ({ AttributeName: name, KeyType });
/** The definition of an attribute that a key names. */
export const attribute = (AttributeName, AttributeType = 'S') => ({ AttributeName, AttributeType });

export const ALL = { ProjectionType: 'ALL' };
export const KEYS_ONLY = { ProjectionType: 'KEYS_ONLY' };
export const include = (...NonKeyAttributes) => ({ ProjectionType: 'INCLUDE', NonKeyAttributes });
