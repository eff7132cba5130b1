// Expressions as somebody writes them, with the names and values that they mention; broken now and then.

import { badValue, NAMES, number, RESERVED, scalar, subset, value } from './values.mjs';

/** Collects the names and values that an expression mentions. */
export class Expressions {
  names = {};
  values = {};

  constructor(r) {
    this.r = r;
  }

  value(given = this.r.chance(0.985) ? value(this.r) : badValue(this.r)) {
    const placeholder = `:v${Object.keys(this.values).length}`;
    if (!this.r.chance(0.01)) this.values[placeholder] = given;
    return placeholder;
  }

  name() {
    const { r } = this;
    if (r.chance(0.03)) return r.pick(RESERVED);
    if (r.chance(0.7)) return r.pick(NAMES);
    const placeholder = `#n${Object.keys(this.names).length}`;
    if (!r.chance(0.02)) this.names[placeholder] = r.pick([...NAMES, ...RESERVED]);
    return placeholder;
  }

  path() {
    const { r } = this;
    let path = this.name();
    while (r.chance(0.2)) path += r.chance(0.5) ? `[${r.below(3)}]` : `.${r.pick(['x', 'y', 'z'])}`;
    return path;
  }

  operand() {
    const { r } = this;
    if (r.chance(0.5)) return this.path();
    if (r.chance(0.1)) return `size(${this.path()})`;
    return this.value();
  }

  condition(depth = 0) {
    const { r } = this;
    if (depth < 3 && r.chance(0.3)) {
      switch (r.below(4)) {
        case 0:
          return `${this.condition(depth + 1)} AND ${this.condition(depth + 1)}`;
        case 1:
          return `${this.condition(depth + 1)} OR ${this.condition(depth + 1)}`;
        case 2:
          return `NOT ${this.condition(depth + 1)}`;
        default:
          return `(${this.condition(depth + 1)})`;
      }
    }
    switch (r.below(10)) {
      case 0:
        return `attribute_exists(${this.path()})`;
      case 1:
        return `attribute_not_exists(${this.path()})`;
      case 2:
        return `attribute_type(${this.path()}, ${this.value({ S: r.pick(['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS', 'X']) })})`;
      case 3:
        return `begins_with(${this.path()}, ${this.operand()})`;
      case 4:
        return `contains(${this.path()}, ${this.operand()})`;
      case 5:
        return `${this.operand()} BETWEEN ${this.operand()} AND ${this.operand()}`;
      case 6:
        return `${this.operand()} IN (${Array.from({ length: 1 + r.below(3) }, () => this.operand()).join(', ')})`;
      default:
        return `${this.operand()} ${r.pick(['=', '<>', '<', '<=', '>', '>='])} ${this.operand()}`;
    }
  }

  update() {
    const { r } = this;
    const clauses = [];
    if (r.chance(0.8)) {
      const actions = Array.from({ length: 1 + r.below(2) }, () => `${this.path()} = ${this.setOperand()}`);
      clauses.push(`SET ${actions.join(', ')}`);
    }
    if (r.chance(0.3)) clauses.push(`REMOVE ${this.path()}`);
    if (r.chance(0.2))
      clauses.push(
        `ADD ${this.path()} ${this.value(r.pick([{ N: number(r) }, { N: number(r) }, { SS: ['a', 'q'] }, { NS: ['1', '9'] }, { BS: ['YQ=='] }]))}`,
      );
    if (r.chance(0.2))
      clauses.push(
        `DELETE ${this.path()} ${this.value(r.pick([{ SS: subset(r, ['a', 'b', 'c']) }, { NS: subset(r, ['1', '2.0', '3.5']) }]))}`,
      );
    return clauses.join(' ') || 'REMOVE a';
  }

  setOperand() {
    const { r } = this;
    switch (r.below(6)) {
      case 0:
        return `${this.path()} ${r.pick(['+', '-'])} ${this.value({ N: number(r) })}`;
      case 1:
        return `if_not_exists(${this.path()}, ${this.value()})`;
      case 2:
        return `list_append(${this.path()}, ${this.value({ L: [scalar(r)] })})`;
      case 3:
        return this.path();
      default:
        return this.value();
    }
  }

  /** Adds the placeholders to a request. */
  into(request) {
    if (Object.keys(this.names).length > 0) request.ExpressionAttributeNames = this.names;
    if (Object.keys(this.values).length > 0) request.ExpressionAttributeValues = this.values;
    return request;
  }
}

/** Breaks an expression's text in a random place. */
export function mangled(r, text) {
  if (!r.chance(0.04)) return text;
  const at = r.below(text.length + 1);
  return r.pick([
    text.slice(0, at) + r.pick(['(', ')', '!', ' AND', ',', '=', ' foo ', '#', ':']) + text.slice(at),
    text.slice(0, at),
    text.slice(0, at) + text.slice(at + 1),
  ]);
}
