// Writes src/request/shapes/model.rs, the input shapes of every operation, from AWS's service models.
//
//   node scripts/shapes.mjs DYNAMODB/service-2.json STREAMS/service-2.json > src/request/shapes/model.rs && cargo fmt
//
// The models are those that botocore carries: `data/dynamodb/2012-08-10` and `data/dynamodbstreams/2012-08-10` of the Python
// package, unpacked with gunzip. Run it again when the API has grown; the diff then is the API's own.
import { readFileSync } from 'node:fs';

const models = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')));
if (models.length !== 2) {
  console.error('usage: node scripts/shapes.mjs DYNAMODB_MODEL STREAMS_MODEL');
  process.exit(2);
}

const structures = new Map();
const constant = (name) => name.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3_$2$4').toUpperCase();
const scalars = {
  string: 'String',
  boolean: 'Boolean',
  integer: 'Integer',
  long: 'Long',
  double: 'Double',
  float: 'Double',
  timestamp: 'Timestamp',
  blob: 'Blob',
};

function shape(shapes, name) {
  const { type, member, value } = shapes[name];
  if (name === 'AttributeValue') return 'Shape::AttributeValue';
  if (type === 'list') return `Shape::List(&${shape(shapes, member.shape)})`;
  if (type === 'map') {
    return value.shape === 'AttributeValue' ? 'Shape::Attributes' : `Shape::Map(&${shape(shapes, value.shape)})`;
  }
  if (type === 'structure') {
    structure(shapes, name);
    return `Shape::Structure(&${constant(name)})`;
  }
  if (!(type in scalars)) throw new Error(`${name}: no shape for ${type}`);
  return `Shape::${scalars[type]}`;
}

function structure(shapes, name) {
  const text = [];
  if (!structures.has(name)) {
    structures.set(name, text);
    for (const [member, target] of Object.entries(shapes[name].members)) {
      text.push(`Member { name: "${member}", shape: ${shape(shapes, target.shape)} }`);
    }
  }
}

const arms = [];
for (const { operations, shapes } of models) {
  for (const [name, { input }] of Object.entries(operations).sort(([a], [b]) => (a < b ? -1 : 1))) {
    structure(shapes, input.shape);
    arms.push(`Operation::${name} => &${constant(input.shape)},`);
  }
}

console.log(`//! The input shapes of every operation. Written by scripts/shapes.mjs from AWS's service models; not edited by hand.

use super::{Member, Shape, Structure};
use crate::request::Operation;

/// The structure that an operation's body is read into.
pub fn input(operation: Operation) -> &'static Structure {
    match operation {
        ${arms.join('\n')}
    }
}
`);
for (const [name, members] of [...structures].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`static ${constant(name)}: Structure = Structure { name: "${name}", members: &[${members.join(', ')}] };\n`);
}
