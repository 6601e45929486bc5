package io.github.wasmspring.code;

import java.util.List;
import java.util.Random;

/**
 * Scripts of random expressions that every implementation of the language has to agree on. Left out
 * is what the specification leaves open (dates as text other than ISO 8601, {@code Math.hypot}),
 * what Node 20 does not have ({@code Object.groupBy}), and what QuickJS has wrong: the properties
 * of a string in <code>{...'abc'}</code> are missing, and {@code new Date(NaN, 5n)} does not throw.
 */
final class RandomScripts {

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "2",
          "7",
          "0.1",
          "1e21",
          "-1.5e-7",
          "123456789",
          "2**31",
          "2**53",
          "NaN",
          "Infinity",
          "0xff",
          "1/3",
          "Number.MIN_VALUE",
          "4294967295");
  private static final List<String> TEXTS =
      List.of(
          "''",
          "'a'",
          "'abc'",
          "'12'",
          "' 0x1F '",
          "'a,b,,c'",
          "'ß😀é'",
          "'\\ud83d'",
          "'aBcAbC'",
          "'1e3'",
          "'true'",
          "'[object]'",
          "'\\n\\t x'",
          "'2026-01-02T03:04:05.678Z'",
          "'undefined'");
  private static final List<String> OTHERS =
      List.of(
          "null",
          "undefined",
          "true",
          "false",
          "[]",
          "{}",
          "[1,2,3]",
          "['b','a',10,9,1]",
          "[[1,[2]],3]",
          "[,1,,2]",
          "{a:1,b:{c:[2]}}",
          "{valueOf(){return 3},toString(){return 'o'}}",
          "5n",
          "-7n",
          "new Date(1e12).toISOString()",
          "new Set([3,1,3])",
          "new Map([['k',1],[2,'v']])",
          "new Uint8Array([1,300,-1])",
          "new Float32Array([0.1,NaN])",
          "/a(b)?/g",
          "Symbol.iterator",
          "function(){}",
          "(a,b=2)=>a+b",
          "class A{static x=1}",
          "new Error('e')");
  private static final List<String> UNARY =
      List.of(
          "-%s",
          "+%s",
          "!%s",
          "~%s",
          "typeof %s",
          "void %s",
          "String(%s)",
          "Number(%s)",
          "Boolean(%s)",
          "[...%s]",
          "({...Object(%s)})",
          "JSON.stringify(%s)",
          "Object.keys(%s)",
          "Object.entries(%s)",
          "Array.from(%s)",
          "Array.isArray(%s)",
          "parseInt(%s)",
          "parseFloat(%s)",
          "Math.sign(%s)",
          "Math.round(%s)",
          "Math.trunc(%s)",
          "Math.fround(%s)",
          "Math.clz32(%s)",
          "Math.max(...%s)",
          "Object.prototype.toString.call(%s)",
          "BigInt(%s)",
          "BigInt.asIntN(8, %s)",
          "isNaN(%s)",
          "Number.isInteger(%s)",
          "encodeURIComponent(%s)",
          "escape(%s)",
          "structured(%s)",
          "Object.values(%s).length",
          "(%s).length",
          "(%s).toString()",
          "(%s).constructor.name",
          "(%s)?.a?.b",
          "JSON.parse(JSON.stringify(%s))",
          "`<${%s}>`",
          "[%s].flat(Infinity)",
          "Object.keys(Object(%s)).length",
          "(%s).toFixed(2)",
          "(%s).toString(2)",
          "(%s).toPrecision(3)",
          "(%s).toExponential()",
          "(%s).toUpperCase()",
          "(%s).trim()",
          "(%s).split('')",
          "(%s).codePointAt(0)",
          "(%s).at(-1)",
          "(%s).normalize('NFD').length",
          "(%s).isWellFormed()");
  private static final List<String> BINARY =
      List.of(
          "%s + %s",
          "%s - %s",
          "%s * %s",
          "%s / %s",
          "%s %% %s",
          "(%s) ** (%s)",
          "%s << %s",
          "%s >> %s",
          "%s >>> %s",
          "%s & %s",
          "%s | %s",
          "%s ^ %s",
          "%s && %s",
          "%s || %s",
          "(%s) ?? (%s)",
          "%s == %s",
          "%s === %s",
          "%s < %s",
          "%s >= %s",
          "(%s) in (%s)",
          "(%s) instanceof (%s)",
          "Object.is(%s, %s)",
          "[%s, %s]",
          "({x: %s, [%s]: 1})",
          "Math.atan2(%s, %s)",
          "Math.imul(%s, %s)",
          "[%s].concat(%s)",
          "(%s).indexOf(%s)",
          "(%s).includes(%s)",
          "(%s).split(%s)",
          "(%s).join(%s)",
          "(%s).slice(%s)",
          "(%s).repeat((%s) & 7)",
          "(%s).padStart((%s) & 15, '*')",
          "(%s).map(v => [v, %s])",
          "(%s).filter(v => v !== %s)",
          "(%s).reduce((p, v) => p + v, %s)",
          "(%s).replace(/[a-c]/g, %s)",
          "(%s).match(%s)",
          "(%s)[%s]",
          "(%s).sort((p, q) => p - q - %s)",
          "parseInt(%s, (%s) & 63)",
          "Object.assign({}, %s, %s)",
          "(([p, q = %2$s]) => [q, p])(%1$s)",
          "(({a, ...r}) => [a, r, %2$s])(Object(%1$s))",
          "(() => { try { throw %s } catch (e) { return [e instanceof Error ? e.name : e, %s] } finally { t++ } })()",
          "(() => { switch (%s) { case %s: return 'same'; default: return 'other' } })()",
          "[...(function* () { yield %s; return yield* [%s] })()]",
          "(() => { let o = []; for (const k in %s) { o.push(k); if (o.length > 5) break } return [o, %s] })()",
          "(() => { class P { #v = %s; get v() { return this.#v } static s = %s } return [new P().v, P.s] })()",
          "(() => { label: for (let i = 0; i < 3; i++) for (const j of [%s, %s]) { if (i === 1) continue label; t += i } return t })()",
          "new Proxy({}, { get: (o, k) => [k, %s] })[%s]",
          "[%s, %s].toSorted()",
          "[%s, %s].findLast(v => v)");

  private final Random random;

  RandomScripts(long seed) {
    this.random = new Random(seed);
  }

  private <T> T one(List<T> of) {
    return of.get(this.random.nextInt(of.size()));
  }

  private String expression(int depth) {
    int choice = this.random.nextInt(depth <= 0 ? 3 : 10);
    if (choice == 0) {
      return one(NUMBERS);
    }
    if (choice == 1) {
      return one(TEXTS);
    }
    if (choice == 2) {
      return one(OTHERS);
    }
    return choice < 6
        ? one(UNARY).formatted("(" + expression(depth - 1) + ")")
        : one(BINARY)
            .formatted("(" + expression(depth - 1) + ")", "(" + expression(depth - 1) + ")");
  }

  /** One that comes to a text which says of each expression what it comes to. */
  String next(int expressions) {
    StringBuilder script =
        new StringBuilder(
            """
            let t = 0;
            const structured = v => typeof v === 'object' && v !== null ? Object.keys(v).sort() : v;
            const show = (v, d = 0) => {
              if (d > 3) return '...';
              if (Object.is(v, -0)) return '-0';
              switch (typeof v) {
                case 'string': return JSON.stringify(v);
                case 'bigint': return v + 'n';
                case 'symbol': return v.toString();
                case 'function': return 'function ' + v.name + '/' + v.length;
                case 'object': break;
                default: return String(v);
              }
              if (v === null) return 'null';
              if (v instanceof Error) return v.name;
              if (v instanceof Date) return 'Date ' + v.getTime();
              if (v instanceof RegExp) return String(v);
              if (v instanceof Map || v instanceof Set || v instanceof Uint8Array || v instanceof Float32Array)
                return v.constructor.name + show([...v], d + 1);
              if (Array.isArray(v)) {
                let r = '[';
                for (let i = 0; i < Math.min(v.length, 20); i++) r += (i in v ? show(v[i], d + 1) : '<hole>') + ',';
                return r + v.length + ']';
              }
              return '{' + Object.keys(v).map(k => k + ':' + show(v[k], d + 1)).join() + '}';
            };
            const out = [];
            """);
    for (int i = 0; i < expressions; i++) {
      script
          .append("try { out.push(show(")
          .append(expression(3))
          .append(")) } catch (e) { out.push('!' + e.name) }\n");
    }
    return script.append("out.join('\\n') + '\\n' + t").toString();
  }
}
