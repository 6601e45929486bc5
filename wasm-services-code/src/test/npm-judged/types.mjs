// Scopes, names and references of TypeScript beside those of typescript-eslint's scope manager.
import { call, differences, MODULE, require, sources, TYPESCRIPT } from './shared.mjs';

const { analyze } = require('@typescript-eslint/scope-manager');
const { parse } = require('@typescript-eslint/typescript-estree');
const KINDS = ['global', 'module', 'function', 'function-expression-name', 'block', 'switch', 'for', 'catch', 'class', 'class-field-initializer', 'class-static-block', 'with', 'type', 'functionType', 'conditionalType', 'mappedType', 'tsEnum', 'tsModule'];
let count = 0;
for (const { file, text } of sources(['.ts', '.mts'])) {
  let ast;
  try {
    ast = parse(text, { range: true });
  } catch {
    continue;
  }
  const manager = analyze(ast, { sourceType: 'module', lib: [] });
  const of = (scope) => `${scope.type} ${scope.block.type === 'Program' ? '' : scope.block.range.join('-')}`;
  // `this` as a parameter is a name there, and `const` behind `as` a type.
  const left = (name) => name === 'this' || name === 'const';
  const theirs = [];
  for (const scope of manager.scopes) {
    theirs.push(`scope ${of(scope)}`);
    for (const name of scope.variables) {
      if ((name.defs.length || name.name === 'arguments') && !left(name.name)) {
        theirs.push(`name ${of(scope)} ${name.name} ${name.defs.map((each) => each.name.range[0]).sort()}`);
      }
    }
    for (const use of scope.references) {
      if (left(use.identifier.name)) continue;
      const found = use.resolved?.defs.length || use.resolved?.name === 'arguments' ? of(use.resolved.scope) : '-';
      const how = `${use.isRead() ? 'r' : ''}${use.isWrite() ? 'w' : ''}${use.init ? 'i' : ''}${use.isTypeReference ? 't' : ''}${use.isValueReference ? 'v' : ''}`;
      theirs.push(`use ${of(scope)} ${use.identifier.range[0]} ${how} ${found}`);
    }
  }
  const answer = call('scopes', text, MODULE | TYPESCRIPT | (/\.d\.m?ts$/.test(file) ? 8 : 0));
  const here = (index) => {
    const [kind, start, end] = answer.scopes[index];
    return `${KINDS[kind]} ${kind <= 1 ? '' : `${start}-${end}`}`;
  };
  const ours = answer.scopes.map((_, index) => `scope ${here(index)}`);
  for (const [scope, , , name, ...definitions] of answer.bindings) {
    const places = [];
    for (let at = 1; at < definitions.length; at += 3) places.push(definitions[at]);
    ours.push(`name ${here(scope)} ${name} ${places.sort()}`);
  }
  for (const [scope, start, , flags, binding] of answer.references) {
    const how = `${flags & 1 ? 'r' : ''}${flags & 2 ? 'w' : ''}${flags & 8 ? 'i' : ''}${flags & 4 ? 't' : ''}${flags & 16 ? 'v' : ''}`;
    ours.push(`use ${here(scope)} ${start} ${how} ${binding < 0 ? '-' : here(answer.bindings[binding][0])}`);
  }
  count += answer.references.length;
  for (const each of differences([...new Set(theirs)], [...new Set(ours)])) console.log(`${file}: ${each}`);
}
console.log(`compared ${count}`);
