package io.github.wasmspring.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * QuickJS, whose interpreter is one function of 50,000 bytes, knows JavaScript when it is split.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuickJsTest {

  private final TestRuntime runtime = new TestRuntime();
  private WasmSession session;
  private QuickJs javascript;

  @BeforeAll
  void open() {
    byte[] module = NpmPackage.QUICKJS.bytes();
    this.runtime.bytes.put("quickjs.wasm", module);
    this.runtime.with(
        WasmModuleDescriptor.builder("quickjs")
            .location("bytes:quickjs.wasm")
            .imports(DumbImports.of(module, "wasi_snapshot_preview1"))
            .settings(
                settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(1)))));
    this.session = this.runtime.manager.open("quickjs");
    this.javascript = new QuickJs(this.session);
  }

  @AfterAll
  void close() {
    if (this.session != null) {
      this.session.close();
    }
    this.runtime.close();
  }

  @Test
  void nothingIsTooBigAfterSplitting() {
    assertThat(this.javascript.evaluate("[3, 1, 2].sort().join()")).isEqualTo("1,2,3");
    assertThat(this.runtime.manager.status("quickjs").get(0).bigFunctions())
        .isNotEmpty()
        .allMatch(function -> function.contains("before splitting"));
  }

  static Stream<Arguments> programs() {
    return Stream.of(
        Arguments.of("1 + 2 * 3 - 4 / 8 % 3 ** 2", "6.5"),
        Arguments.of(
            "[1 << 31, -1 >>> 28, -9 >> 1, 5 & 3, 5 | 3, 5 ^ 3, ~5].join()",
            "-2147483648,15,-5,1,7,6,-6"),
        Arguments.of(
            "[0.1 + 0.2, 1e21, 1 / 3, -0, NaN, 5e-324].join()",
            "0.30000000000000004,1e+21,0.3333333333333333,0,NaN,5e-324"),
        Arguments.of("2n ** 100n + ''", "1267650600228229401496703205376"),
        Arguments.of(
            "[typeof null, typeof (() => 1), typeof 1n, typeof Symbol(), typeof void 0].join()",
            "object,function,bigint,symbol,undefined"),
        Arguments.of(
            "[null == 0, null >= 0, '2' > '12', 2 > '12', [] == false, NaN != NaN].join()",
            "false,true,true,false,true,true"),
        Arguments.of(
            "let s = 0; for (let i = 0; i < 1000; i++) { if (i % 3) continue; s += i; } s",
            "166833"),
        Arguments.of(
            "let r = []; outer: for (let i = 0; i < 5; i++) for (let j = 0; j < 5; j++) { if (j == 3) continue outer; if (i == 3) break outer; r.push(i * j); } r.join()",
            "0,0,0,0,1,2,0,2,4"),
        Arguments.of("let w = ''; let n = 5; do { w += n; } while (n-- > 1); w", "54321"),
        Arguments.of(
            "let sw = x => { switch (x) { case 1: return 'a'; case 'b': x += 'c'; default: x += 'd'; case 3: return x + 'e'; } }; [1, 'b', 3, 9].map(sw).join()",
            "a,bcde,3e,9de"),
        Arguments.of("let f = n => n < 2 ? n : f(n - 1) + f(n - 2); f(20)", "6765"),
        Arguments.of("let c = (() => { let n = 0; return () => ++n; })(); c(); c(); c()", "3"),
        Arguments.of(
            "let log = []; try { try { throw new TypeError('x'); } finally { log.push('f'); } } catch (e) { log.push(e.name, e.message); } log.join()",
            "f,TypeError,x"),
        Arguments.of(
            "(() => { for (let i = 0; ; i++) { try { if (i == 2) return 'r' + i; } finally { if (i == 2) continue; } if (i > 4) return 'end' + i; } })()",
            "end5"),
        Arguments.of("null.x", "!TypeError: cannot read property 'x' of null"),
        Arguments.of("undefinedName", "!ReferenceError: undefinedName is not defined"),
        Arguments.of(
            "class A { #p = 1; get p() { return this.#p; } static s = 5; m() { return 'A'; } } class B extends A { m() { return super.m() + 'B' + this.p + A.s; } } new B().m()",
            "AB15"),
        Arguments.of(
            "let { a, b: [, q = 7], ...rest } = { a: 1, b: [2], c: 3, d: 4 }; [a, q, JSON.stringify(rest)].join(';')",
            "1;7;{\"c\":3,\"d\":4}"),
        Arguments.of(
            "let g = function* () { let x = yield 1; try { yield x * 2; } finally { yield 'z'; } }; let it = g(); [it.next().value, it.next(21).value, it.return(9).value, it.next().value].join()",
            "1,42,z,9"),
        Arguments.of("[...'añ😀'].length + [...new Set([1, 1, 2])].join()", "31,2"),
        Arguments.of("`t${1 + 1}${`n${'x'}`}`", "t2nx"),
        Arguments.of(
            "let o = { get x() { return 1; }, ['y' + 1]: 2, z() { return 3; } }; Object.entries(o).map(([k, v]) => k + typeof v).join()",
            "xnumber,y1number,zfunction"),
        Arguments.of("delete ({ a: 1 }).a && !('a' in { b: 1 }) && [] instanceof Array", "true"),
        Arguments.of(
            "let p = new Proxy({}, { get: (t, k) => k + '!', has: () => true }); p.hi + ('q' in p)",
            "hi!true"),
        Arguments.of(
            "'2026-11-21'.replace(/(\\d+)-(\\d+)-(?<d>\\d+)/, '$<d>.$2.$1')", "21.11.2026"),
        Arguments.of("[...'aXbXXc'.matchAll(/X+/g)].map(m => m.index + m[0]).join()", "1X,3XX"),
        Arguments.of("/^(?:(a+)+b|(?=x).y|(?<!q)z\\1?)$/u.test('aaaab')", "true"),
        Arguments.of(
            "[3, 1, 10, 2].sort().join() + [3, 1, 10, 2].sort((a, b) => a - b).join()",
            "1,10,2,31,2,3,10"),
        Arguments.of(
            "JSON.stringify(JSON.parse('{\"a\":[1,2.5,\"\\\\u0041\",null,true]}'), null, 1)",
            "{\n \"a\": [\n  1,\n  2.5,\n  \"A\",\n  null,\n  true\n ]\n}"),
        Arguments.of(
            "let m = new Map([[NaN, 1], ['k', 2]]); m.get(NaN) + m.size + [...m.keys()].join()",
            "3NaN,k"),
        Arguments.of(
            "new Float32Array([1.1, 2]).map(x => x * 2).join() + new Uint8Array([257, -1]).join()",
            "2.200000047683716,41,255"),
        Arguments.of(
            "new Date(Date.UTC(2024, 1, 29, 12)).toISOString()", "2024-02-29T12:00:00.000Z"),
        Arguments.of(
            "(function () { return [arguments.length, this === undefined, (() => arguments[1])()].join(); }).call(undefined, 1, 'b', 3)",
            "3,false,b"),
        Arguments.of("'use strict'; (function () { return this === undefined; })()", "true"),
        Arguments.of(
            "Math.max(...[1, 5, 3]) + [1, [2, [3, [4]]]].flat(2).length + 'x'.padStart(3, 'ab')",
            "9abx"),
        Arguments.of(
            "let tag = (s, ...v) => s.raw.join('|') + v.join(); tag`a${1}\\n${2}c`", "a|\\n|c1,2"),
        Arguments.of("let aa = null; aa ??= 4; aa &&= aa + 1; [aa?.x?.y, aa ?? 1].join()", ",5"),
        Arguments.of("new Function('a', 'b', 'return a * b')(6, 7) + eval('var ev = 8; ev')", "50"),
        Arguments.of("let deep = n => n ? deep(n - 1) + 1 : 0; deep(100)", "100"),
        Arguments.of(
            "let primes = []; next: for (let i = 2; primes.length < 100; i++) { for (const p of primes) { if (p * p > i) break; if (i % p == 0) continue next; } primes.push(i); } primes[99]",
            "541"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramComesToWhatTheLanguageSays(String program, String expected) {
    assertThat(this.javascript.evaluate(program).split("\n {4}at", 2)[0]).isEqualTo(expected);
  }
}
