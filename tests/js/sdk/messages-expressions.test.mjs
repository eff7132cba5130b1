// Expressions that DynamoDB does not take, each with its sentence.

import { one, refusals } from '../../support/messages.mjs';

const id = { S: 'a' };
const one1 = { N: '1' };
const condition = (ConditionExpression, values, names) => [
  'PutItem',
  {
    TableName: 'Plain',
    Item: { id },
    ConditionExpression,
    ...(values && { ExpressionAttributeValues: values }),
    ...(names && { ExpressionAttributeNames: names }),
  },
];
const update = (UpdateExpression, values, names) => [
  'UpdateItem',
  {
    TableName: 'Plain',
    Key: { id },
    UpdateExpression,
    ...(values && { ExpressionAttributeValues: values }),
    ...(names && { ExpressionAttributeNames: names }),
  },
];
const projection = (ProjectionExpression, names) => [
  'GetItem',
  { TableName: 'Plain', Key: { id }, ProjectionExpression, ...(names && { ExpressionAttributeNames: names }) },
];
const filter = (FilterExpression, values, names) => [
  'Scan',
  {
    TableName: 'Plain',
    FilterExpression,
    ...(values && { ExpressionAttributeValues: values }),
    ...(names && { ExpressionAttributeNames: names }),
  },
];
const v = { ':v': one1 };

/** The expression's kind, the call, and how the sentence about it begins there. */
const C = (text) => one(`Invalid ConditionExpression: ${text}`);
const U = (text) => one(`Invalid UpdateExpression: ${text}`);
const P = (text) => `Invalid ProjectionExpression: ${text}`;
const F = (text) => `Invalid FilterExpression: ${text}`;
const syntax = (token, near) => `Syntax error; token: "${token}", near: "${near}"`;
const incorrect = (operator, type) =>
  `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
const count = (operator, n) =>
  `Incorrect number of operands for operator or function; operator or function: ${operator}, number of operands: ${n}`;
const overlap = (a, b) =>
  `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${a}], path two: [${b}]`;

refusals('syntax', [
  ['empty', ...condition(''), C('The expression can not be empty;')],
  ['empty', ...update(''), U('The expression can not be empty;')],
  ['empty', ...projection(''), P('The expression can not be empty;')],
  ['empty', ...filter(''), F('The expression can not be empty;')],
  ['no operator', ...condition('INVALID SYNTAX'), C(syntax('SYNTAX', 'INVALID SYNTAX'))],
  ['a strange character', ...condition('a !! b'), C(syntax('!', 'a !!'))],
  ['an operator twice', ...condition('a = = b'), C(syntax('=', '= = b'))],
  ['an open bracket', ...condition('('), C(syntax('<EOF>', '('))],
  ['the end', ...condition('a ='), C(syntax('<EOF>', '='))],
  ['no clause', ...update('INVALID SYNTAX'), U(syntax('INVALID', 'INVALID SYNTAX'))],
  ['no value', ...update('SET a ='), U(syntax('<EOF>', '='))],
  ['a comma too many', ...projection('a,'), P(syntax('<EOF>', ','))],
  ['brackets twice', ...condition('((attribute_exists(a)))'), C('The expression has redundant parentheses;')],
  ['brackets twice', ...filter('((a = :v))', v), F('The expression has redundant parentheses;')],
  [
    'a section twice',
    ...update('SET a = :v SET b = :v', v),
    U('The "SET" section can only be used once in an update expression;'),
  ],
  ['a section twice', ...update('REMOVE a REMOVE b'), U('The "REMOVE" section can only be used once in an update expression;')],
  [
    'too long',
    ...condition(`attribute_exists(${'a'.repeat(4096)})`),
    C('Expression size has exceeded the maximum allowed size; expression size: 4114'),
  ],
  ['too long', ...update(`REMOVE ${'a'.repeat(4096)}`), U('Expression size has exceeded the maximum allowed size;')],
  [
    'too long',
    ...projection('a'.repeat(4097)),
    P('Expression size has exceeded the maximum allowed size; expression size: 4097'),
  ],
  [
    'too long',
    ...filter(`attribute_exists(${'a'.repeat(4096)})`),
    F('Expression size has exceeded the maximum allowed size; expression size: 4114'),
  ],
]);

refusals('names, values and functions', [
  [
    'a reserved word',
    ...condition('attribute_exists(status)'),
    C('Attribute name is a reserved keyword; reserved keyword: status'),
  ],
  [
    'a reserved word, as written',
    ...update('SET Name = :v', v),
    U('Attribute name is a reserved keyword; reserved keyword: Name'),
  ],
  ['a reserved word', ...projection('id, date'), P('Attribute name is a reserved keyword; reserved keyword: date')],
  [
    'a name that is not defined',
    ...condition('attribute_exists(#n)'),
    C('An expression attribute name used in the document path is not defined; attribute name: #n'),
  ],
  [
    'a name that is not defined',
    ...projection('#n'),
    P('An expression attribute name used in the document path is not defined; attribute name: #n'),
  ],
  [
    'a value that is not defined',
    ...update('SET a = :w', v),
    U('An expression attribute value used in expression is not defined; attribute value: :w'),
  ],
  [
    'a value that is not defined',
    ...filter('a = :w'),
    F('An expression attribute value used in expression is not defined; attribute value: :w'),
  ],
  [
    'a name that is not used',
    ...projection('a', { '#n': 'x' }),
    'Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}',
  ],
  [
    'values that are not used',
    ...filter('attribute_exists(a)', { ':a': id, ':b': id }),
    /^Value provided in ExpressionAttributeValues unused in expressions: keys: \{(:a, :b|:b, :a)\}$/,
  ],
  ['no values', ...filter('attribute_exists(a)', {}), 'ExpressionAttributeValues must not be empty'],
  ['no names', ...projection('a', {}), 'ExpressionAttributeNames must not be empty'],
  [
    'a malformed placeholder',
    ...filter('a = :v', { v: id }),
    'ExpressionAttributeValues contains invalid key: Syntax error; key: "v"',
  ],
  [
    'a malformed placeholder',
    ...projection('#n', { n: 'a' }),
    'ExpressionAttributeNames contains invalid key: Syntax error; key: "n"',
  ],
  ['an unknown function', ...condition('exists(a)'), C('Invalid function name; function: exists')],
  ['an unknown function', ...update('SET a = sum(a, :v)', v), U('Invalid function name; function: sum')],
  ['an operand too few', ...condition('begins_with(a)'), C(count('begins_with', 1))],
  ['an operand too many', ...condition('attribute_exists(a, b)'), C(count('attribute_exists', 2))],
  ['an operand too few', ...update('SET a = list_append(:v)', { ':v': { L: [] } }), U(count('list_append', 1))],
  ['begins_with a number', ...condition('begins_with(a, :v)', v), C(incorrect('begins_with', 'N'))],
  ['less than a boolean', ...filter('a < :v', { ':v': { BOOL: true } }), F(incorrect('<', 'BOOL'))],
  ['a type of a number', ...filter('attribute_type(a, :v)', v), F(incorrect('attribute_type', 'N'))],
  ['arithmetic with text', ...update('SET a = a + :v', { ':v': id }), U(incorrect('+', 'S'))],
  ['a text appended', ...update('SET a = list_append(a, :v)', { ':v': id }), U(incorrect('list_append', 'S'))],
  [
    'text added',
    ...update('ADD a :v', { ':v': id }),
    U('Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND'),
  ],
  [
    'a number deleted',
    ...update('DELETE a :v', v),
    U(
      'Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND',
    ),
  ],
  [
    'a value where a path is wanted',
    ...condition('attribute_exists(:v)', v),
    C('Operator or function requires a document path; operator or function: attribute_exists'),
  ],
  [
    'an attribute that contains itself',
    ...filter('contains(data1, data1)'),
    F(
      'The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [data1]',
    ),
  ],
]);

refusals('paths that overlap', [
  ['twice the same', ...update('SET a = :v, a = :v', v), U(overlap('a', 'a'))],
  ['one inside the other', ...update('SET a = :v, a.b = :v', v), U(overlap('a', 'a, b'))],
  ['by two aliases', ...update('SET #x = :v REMOVE #y', v, { '#x': 'a', '#y': 'a' }), U(overlap('a', 'a'))],
  ['list elements', ...update('REMOVE a[0], a[0].b'), U(overlap('a, [0]', 'a, [0], b'))],
  [
    'map and list',
    ...update('REMOVE a.b, a[0]'),
    U(
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]',
    ),
  ],
  ['in a projection', ...projection('a, a.b'), P(overlap('a', 'a, b'))],
]);
