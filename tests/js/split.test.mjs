// The module in two parts: a split keeps what the whole does, and a process that does common things never reads the second part.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import binaryen from 'binaryen';
import { parsed, SECTION, written } from '../../scripts/split/binary.mjs';
import { calls } from '../../scripts/split/calls.mjs';
import { hotFunctions } from '../../scripts/split/hot.mjs';
import { functionsThatRan, instrumented } from '../../scripts/split/instrument.mjs';
import { split } from '../../scripts/split/split.mjs';
import { packageRoot } from '../support/package.mjs';

const whole = readFileSync(join(packageRoot, 'dist', 'snowglobe_wasm_bg.wasm'));

/** A module with everything that the parts share: memory, a global, pointers, imports of the one and of the other. */
const SMALL = `
  (module
    (import "host" "often" (func $often (param i32)))
    (import "host" "seldom" (func $seldom (param i32) (result i32)))
    (type $binary (func (param i32 i32) (result i32)))
    (memory (export "memory") 1)
    (global $calls (mut i32) (i32.const 0))
    (table 3 3 funcref)
    (elem (i32.const 1) $hot $cold)
    (func $hot (export "hot") (param i32 i32) (result i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (i32.store (i32.const 8) (local.get 0))
      (call $often (local.get 1))
      (i32.add (local.get 0) (local.get 1)))
    (func $cold (export "cold") (param i32 i32) (result i32)
      (local $sum i32)
      (local.set $sum (call $hot (local.get 0) (call $seldom (local.get 1))))
      (i32.add (local.get $sum) (i32.add (global.get $calls) (i32.load (i32.const 8)))))
    (func (export "byPointer") (param i32 i32 i32) (result i32)
      (call_indirect (type $binary) (local.get 1) (local.get 2) (local.get 0)))
    (func $apart (export "apart") (param i64 f64) (result f64)
      (f64.add (f64.convert_i64_s (local.get 0)) (local.get 1))))`;

const INDEX = { often: 0, seldom: 1, hot: 2, cold: 3, byPointer: 4, apart: 5 };

function assembled(text) {
  const module = binaryen.parseText(text);
  try {
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}

/** The host's side of an instance: what it was told, and how often the second part was loaded. */
function host() {
  const told = [];
  const imports = { host: { often: (n) => told.push(n), seldom: (n) => told.push(-n) && n * 10 } };
  return { told, imports };
}

function instanceOf({ primary, secondary }) {
  const { told, imports } = host();
  let loads = 0;
  const load = () => {
    loads += 1;
    new WebAssembly.Instance(new WebAssembly.Module(secondary), { ...imports, 'snowglobe:parts': instance.exports });
  };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(primary), { ...imports, 'snowglobe:parts': { load } });
  return { exports: instance.exports, told, loads: () => loads };
}

const small = assembled(SMALL);

test('two parts do what the whole does, and the second is loaded once, by the first call of what is in it', () => {
  const { told, imports } = host();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(small), imports);
  const parts = instanceOf(split(small, [INDEX.hot, INDEX.byPointer]));
  const both = (ask) => {
    const answer = ask(parts.exports);
    assert.equal(answer, ask(exports));
    assert.deepEqual(parts.told, told);
    return answer;
  };
  assert.equal(
    both(({ hot }) => hot(2, 3)),
    5,
  );
  assert.equal(
    both(({ byPointer }) => byPointer(1, 20, 30)),
    50,
  );
  assert.equal(parts.loads(), 0);
  assert.equal(
    both(({ cold }) => cold(2, 3)),
    2 + 30 + 3 + 2,
  );
  both(({ byPointer }) => byPointer(2, 4, 5));
  both(({ apart }) => apart(7n, 0.5));
  assert.equal(parts.loads(), 1);
});

test('a pointer to a cold function loads the second part as well', () => {
  const parts = instanceOf(split(small, [INDEX.hot, INDEX.byPointer, INDEX.apart]));
  assert.equal(parts.exports.apart(7n, 0.5), 7.5);
  assert.equal(parts.loads(), 0);
  assert.equal(parts.exports.byPointer(2, 2, 3), 2 + 30 + 1 + 2);
  assert.equal(parts.loads(), 1);
});

test('parts of two builds do not go together, nor those of one that was split in two ways', () => {
  const other = assembled(SMALL.replace('i32.const 8', 'i32.const 16'));
  // As many slots in each, so that nothing but the digest tells them apart.
  const { primary } = split(small, [INDEX.hot, INDEX.byPointer]);
  for (const { secondary } of [split(other, [INDEX.hot, INDEX.byPointer]), split(small, [INDEX.hot, INDEX.apart])]) {
    assert.throws(() => instanceOf({ primary, secondary }).exports.cold(1, 1), WebAssembly.LinkError);
  }
});

test('a module in which every import is hot has no place for the loader', () => {
  assert.throws(() => split(small, [INDEX.hot, INDEX.cold, INDEX.byPointer]), /none can give its place to the loader/);
});

test('what is small is hot where hot functions call it, or a pointer leads to it, unless it wants imports of its own', () => {
  const large = `(drop (i64.add ${'(i64.add (i64.const 0x7000000000000000) '.repeat(30)}(i64.const 1)${')'.repeat(30)} (i64.const 2)))`;
  const module = assembled(`
    (module
      (import "host" "often" (func $often))
      (import "host" "seldom" (func $seldom))
      (table 2 2 funcref)
      (elem (i32.const 0) $pointed $importing)
      (func $ran (export "ran") (call $often) (call $small) (call $large))
      (func $small (call $smaller))
      (func $smaller (call $often))
      (func $large ${large} (call $unreached))
      (func $unreached)
      (func $pointed)
      (func $importing (call $seldom)))`);
  const [ran, small, smaller, pointed] = [2, 3, 4, 7];
  const hot = hotFunctions(module, [ran]);
  assert.deepEqual([...hot].sort(), [ran, small, smaller, pointed]);
});

test('an instrumented module says which functions ran', () => {
  const { imports } = host();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(instrumented(small)), imports);
  assert.deepEqual(functionsThatRan(exports), []);
  exports.byPointer(1, 2, 3);
  assert.deepEqual(functionsThatRan(exports), [INDEX.hot, INDEX.byPointer]);
});

test('the engine’s module is read and written whole, and its calls are those that Binaryen finds', () => {
  const module = parsed(whole);
  const unnamed = written(module);
  assert.ok(WebAssembly.validate(unnamed));
  const imported = module.get(SECTION.import).length;
  // Binaryen numbers imports and functions of a module without names each from 0.
  const called = (index) => (index < imported ? `fimport$${index}` : `${index - imported}`);
  const ours = module.get(SECTION.code).flatMap((body, n) => [...calls(body)].map((index) => `"${n}" -> "${called(index)}"`));
  const tool = fileURLToPath(new URL('../../node_modules/binaryen/bin/wasm-opt', import.meta.url));
  const file = join(mkdtempSync(join(tmpdir(), 'snowglobe-split-')), 'module.wasm');
  writeFileSync(file, unnamed);
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, file, '--all-features', '--print-call-graph'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  rmSync(dirname(file), { recursive: true });
  assert.equal(status, 0, stderr);
  const theirs = [...stdout.matchAll(/^ *("[^"]+" -> "[^"]+"); \/\/ call$/gm)].map(([, edge]) => edge);
  assert.deepEqual(ours.sort(), theirs.sort());
});

/** Runs a program in a Node of its own; answers what it prints, as JSON. */
function inNode(program) {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

const DEFINITION = `{
  TableName: 'Things',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
}`;

test('databases are opened, and items put and read, without the second part; a statement needs it', () => {
  const program = `
    let instances = 0;
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
      construct(target, given) {
        instances += 1;
        return Reflect.construct(target, given);
      },
    });
    const { Snowglobe } = await import('snowglobe');
    const seen = [];
    for (let seed = 100; seed < 120; seed += 1) {
      const db = await Snowglobe.open({ storage: 'memory', seed });
      await db.createTable(${DEFINITION});
      const doc = db.documentClient();
      for (let n = 0; n < 50; n += 1) await doc.put({ TableName: 'Things', Item: { pk: 'a' + n, n, list: [n, { deep: true }] } });
      await doc.get({ TableName: 'Things', Key: { pk: 'a1' } });
      seen.push(instances);
      if (seed === 119) await doc.executeStatement({ Statement: 'SELECT * FROM Things' });
      await db.close();
    }
    console.log(JSON.stringify([...new Set(seen), instances]));`;
  assert.deepEqual(inNode(program), [1, 2]);
});

test('the compiled sources open a database by their entry, as the package does', () => {
  const entry = new URL('../../target/js/entries/node.js', import.meta.url);
  const program = `
    const { Snowglobe } = await import(${JSON.stringify(entry.href)});
    const db = await Snowglobe.open({ storage: 'memory' });
    console.log(JSON.stringify((await db.listTables({})).TableNames));`;
  assert.deepEqual(inNode(program), []);
});

test('a second part that cannot be read fails the engine, and says so', () => {
  const program = `
    import { readFileSync } from 'node:fs';
    import { provideModule, Snowglobe, SplitModule } from 'snowglobe';
    const primary = readFileSync(${JSON.stringify(join(packageRoot, 'dist', 'snowglobe_wasm_primary.wasm'))});
    provideModule(() => new SplitModule(primary, () => { throw new Error('no such file'); }));
    const db = await Snowglobe.open({ storage: 'memory' });
    await db.createTable(${DEFINITION});
    const refused = (call) => call.then(() => 'no error', ({ name, message }) => name + ': ' + message);
    const statement = await refused(db.documentClient().executeStatement({ Statement: 'SELECT * FROM Things' }));
    const afterwards = await refused(db.documentClient().get({ TableName: 'Things', Key: { pk: 'a' } }));
    console.log(JSON.stringify([statement, afterwards]));`;
  for (const message of inNode(program)) {
    assert.match(message, /^EngineFailedError: .*the second part of the wasm module does not load.*: no such file/);
  }
});
