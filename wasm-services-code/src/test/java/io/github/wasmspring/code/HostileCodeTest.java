package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.code.CodeException.Reason;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Code that wants what it may not have: every limit holds, and the next run knows nothing of it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostileCodeTest {

  private static final Duration TIME = Duration.ofMillis(400);

  private static WasmRuntime runtime;
  private static CodeExecutor executor;
  private static CodeExecutor patient;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    executor =
        CodeExecutor.of(
            runtime.manager(),
            CodeExecutorSettings.DEFAULTS
                .withTimeout(TIME)
                .withMemory(24 << 20)
                .withStack(128 << 10)
                .withOutput(100_000)
                .withConsole(10_000));
    patient =
        CodeExecutor.of(
            runtime.manager(),
            CodeExecutorSettings.DEFAULTS
                .withTimeout(Duration.ofSeconds(30))
                .withMemory(24 << 20)
                .withStack(128 << 10)
                .withOutput(100_000)
                .withConsole(10_000));
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  static Stream<String> endless() {
    return Stream.of(
        "while (true) {}",
        "for (;;);",
        "do {} while (1)",
        "a: for (;;) { for (;;) continue a; }",
        "for (;;) { try { while (true) {} } catch (e) {} finally { continue } }",
        "try { while (true); } finally { while (true); }",
        "for (const x of (function* () { while (true) yield 1 })());",
        "const m = new Map([[1, 1]]); for (const [k] of m) { m.delete(k); m.set(k, 1) }",
        "for (;;) await 0",
        "for await (const x of (async function* () { for (;;) yield 1 })());",
        "(function f() { Promise.resolve().then(f) })(); await new Promise(() => {})",
        "(function f() { queueMicrotask(f) })(); await new Promise(() => {})",
        "(function f() { setTimeout(f, 0) })(); await new Promise(() => {})",
        "setInterval(() => {}, 1); await new Promise(() => {})",
        "({ toString() { while (1); } }) + ''",
        "+{ valueOf() { for (;;); } }",
        "({ [Symbol.toPrimitive]() { for (;;); } }) * 2",
        "new Proxy({}, { get() { for (;;); } }).x",
        "new Proxy({}, { ownKeys() { for (;;); } })",
        "({ get a() { for (;;); } })",
        "({ toJSON() { for (;;); } })",
        "[1, 2, 3].sort(() => { for (;;); })",
        "'aaa'.replace(/a/g, () => { for (;;); })",
        "JSON.parse('[1]', () => { for (;;); })",
        "await ({ then() { for (;;); } })",
        "/^(a+)+$/.test('a'.repeat(60) + 'b')",
        "/(x+x+)+y/.exec('x'.repeat(60))",
        "'a'.repeat(50).match(/(?:a?){50}a{50}b/)",
        "/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60))",
        "eval('for (;;);')",
        "Function('while (1) {}')()",
        "[].constructor.constructor('for (;;);')()",
        "new (class { static { for (;;); } })()",
        "class A { get [(() => { for (;;); })()]() {} }",
        "const e = new Error('x'); Object.defineProperty(e, 'message', { get() { for (;;); } }); throw e",
        "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { for (;;); } }); throw e",
        "Error.prepareStackTrace = () => { for (;;); }; throw new Error('x')",
        "console.log({ get a() { return 1 }, [Symbol.toStringTag]: 'x' }); console.log(new Proxy({}, { ownKeys() { for (;;); } }))",
        "function* g() { try { for (;;) yield 1 } finally { for (;;); } } for (const x of g()) break",
        "with ({ get x() { for (;;); } }) x",
        "Array.prototype[Symbol.iterator] = function* () { for (;;) yield 1 }; [...[1]]",
        "Object.prototype.toJSON = () => { for (;;); }; ({})",
        "new Array(2 ** 32 - 1).indexOf(1)",
        "new Array(2 ** 32 - 1).reduce(() => 1, 0)",
        "Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 5)",
        "let s = 1n; for (;;) s *= 3n",
        "'x'.repeat(1e6).split('').map(c => 'y'.repeat(1e6).indexOf('z'))");
  }

  @ParameterizedTest
  @MethodSource("endless")
  void whatDoesNotEndIsStopped(String source) {
    CodeException failure = failure(source);

    assertThat(failure).as(source).isNotNull();
    assertThat(failure.reason()).as(source).isEqualTo(Reason.LIMIT);
    assertNothingIsLeft();
  }

  static Stream<String> greedy() {
    return Stream.of(
        "const a = []; for (;;) a.push(new Array(1000).fill(7))",
        "const a = []; try { for (;;) a.push(new Array(1000).fill(7)) } catch (e) { 1 }",
        "let s = 'x'; for (;;) s += s",
        "let s = ['x']; for (;;) s = s.concat(s)",
        "'x'.repeat(2 ** 29)",
        "'x'.padStart(2 ** 29)",
        "new Array(2 ** 25).fill(0)",
        "Array.from({ length: 2 ** 28 })",
        "new Uint8Array(2 ** 28)",
        "new ArrayBuffer(2 ** 30)",
        "const a = []; for (;;) a.push(new Uint8Array(1e6))",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, 'x' + i)",
        "const m = {}; for (let i = 0; ; i++) m['k' + i] = i",
        "[...(function* () { for (;;) yield 1 })()]",
        "2n ** (2n ** 40n)",
        "let b = 3n; for (;;) b = b * b",
        "let f = () => 1; for (;;) { const g = f; f = () => g() + 1 }",
        "new Array(2 ** 24).join('xxxxxxxxxx')",
        "JSON.stringify(new Array(3e6).fill('0123456789'))",
        "'x'.repeat(2 ** 24).replace(/x/g, 'xxxxxxxx')",
        "'x'.repeat(1e7).split('')",
        "new RegExp('(?:a{1000}){1000}{1000}').test('a')",
        "const p = []; for (;;) p.push(Promise.resolve(p))",
        "for (;;) setTimeout(() => 1, 5)",
        "for (;;) Symbol.for('' + Math.random())",
        "Error.stackTraceLimit = Infinity; const a = []; for (;;) a.push(new Error('x'.repeat(1000)))");
  }

  @ParameterizedTest
  @MethodSource("greedy")
  void whatWantsMoreMemoryThanItMayHaveIsStopped(String source) {
    CodeException failure = failure(source);

    assertThat(failure).as(source).isNotNull();
    // The language has limits of its own, such as the longest string, and says so.
    assertThat(failure.reason()).as(source).isIn(Reason.LIMIT, Reason.THROWN);
    if (failure.reason() == Reason.THROWN) {
      assertThat(failure.thrown().name()).as(source).isIn("RangeError", "SyntaxError");
    }
    assertNothingIsLeft();
  }

  static Stream<String> deep() {
    return Stream.of(
        "(function f() { return f() + 1 })()",
        "const f = () => g() + 1, g = () => f() + 1; f()",
        "const o = { get a() { return this.a + 1 } }; o.a",
        "const o = { toString() { return '' + this + '' } }; '' + o",
        "const p = new Proxy({}, { get(t, k, r) { return r[k] + 1 } }); p.x",
        "class A { constructor() { new A() } } new A()",
        "(function f(n) { [1].map(() => f(n + 1)) })(0)",
        "(function f() { 'a'.replace(/a/, f) })()",
        "(function f() { [2, 1].sort(f) })()",
        "(function f() { JSON.stringify({ toJSON: f }) })()",
        "(function f() { eval('f()') })()",
        "(function f() { Reflect.apply(f, null, []) })()",
        "(function f() { f.bind(null)() })()",
        "function* f() { yield* f() } [...f()]",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)",
        "JSON.parse('['.repeat(1e5))",
        "eval('('.repeat(1e5))",
        "eval('['.repeat(1e5))",
        "eval('{'.repeat(1e5))",
        "eval('!'.repeat(1e5) + '1')",
        "eval('a=>'.repeat(1e5) + '1')",
        "eval('1' + '**1'.repeat(1e5))",
        "eval('`${'.repeat(1e5))",
        "new RegExp('('.repeat(1e5))",
        "new RegExp('(?:'.repeat(1e4) + ')'.repeat(1e4)).test('a')",
        "let f = () => 1; for (let i = 0; i < 1e5; i++) { const g = f; f = () => g() + 1 } f()",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity)",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a)",
        "let p = {}; for (let i = 0; i < 1e5; i++) p = Object.create(p); p.x; p = new Proxy(p, {}); for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x",
        "let n = Promise.resolve(1); for (let i = 0; i < 1e4; i++) { const m = n; n = (async () => await m)() } throw await n",
        "let f = Function.prototype.call; for (let i = 0; i < 1e4; i++) f = f.bind(f); f()",
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; console.log(a); throw a");
  }

  @ParameterizedTest
  @MethodSource("deep")
  void whatGoesTooDeepIsStopped(String source) {
    CodeException failure = failure(source, patient);

    assertThat(failure).as(source).isNotNull();
    assertThat(failure.reason()).as(source).isIn(Reason.LIMIT, Reason.THROWN);
    assertNothingIsLeft();
  }

  /** Code that changes what everything stands on confuses nobody but itself. */
  static Stream<String> tricks() {
    return Stream.of(
        "Object.prototype.value = 5; Object.prototype.polluted = 1; 1",
        "Object.defineProperty(Object.prototype, 'value', { get() { throw 1 } }); 1",
        "Array.prototype.push = Array.prototype.map = null; Array.prototype.polluted = 1; 1",
        "JSON.stringify = JSON.parse = () => { throw 1 }; 1",
        "globalThis.leak = 1; var leak2 = 2; globalThis.console = globalThis.Promise = null; 1",
        "Symbol.iterator; delete Array.prototype[Symbol.iterator]; 1",
        "Function.prototype.call = Function.prototype.apply = null; 1",
        "Object.setPrototypeOf(Object.prototype.__proto__ ?? Array.prototype, new Proxy({}, {})); 1",
        "({}).__proto__.polluted = 1; ({}).constructor.leak = 1; 1",
        "Object.freeze(globalThis); 1",
        "Promise.prototype.then = () => { for (;;); }; Promise.resolve(1)",
        "throw { get message() { for (;;); }, get name() { for (;;); } }",
        "for (const k of Object.getOwnPropertyNames(globalThis)) try { delete globalThis[k] } catch {} 1",
        "for (const k of Reflect.ownKeys(globalThis)) try { globalThis[k] = null } catch {} 1",
        "setTimeout(() => { globalThis.leak = 1 }, 0); setInterval(() => { leak++ }, 1); 1",
        "Promise.reject(new Error('nobody hears')); 1",
        "new FinalizationRegistry(() => { for (;;); }).register({}, 1); 1",
        "Error.prepareStackTrace = () => ({}); new Error().stack; 1",
        "Error.stackTraceLimit = -1; 1",
        "Math.random = () => 4; Date.now = () => 5; Date = null; 1",
        "String.prototype.slice = () => { throw 1 }; Array.prototype.join = 5; console.log('x'); 1",
        "Object.defineProperty(Array.prototype, '0', { set() { throw 1 } }); 1",
        "Uint8Array.prototype.__proto__.slice = null; ArrayBuffer = null; 1",
        "RegExp.prototype.exec = () => { throw 1 }; 1");
  }

  @ParameterizedTest
  @MethodSource("tricks")
  void whatIsChangedIsForgotten(String source) {
    try {
      executor.javascript(source).run();
    } catch (CodeException confused) {
      assertThat(confused.reason()).as(source).isIn(Reason.THROWN, Reason.LIMIT);
    }
    assertNothingIsLeft();
  }

  @Test
  void aResultThatIsTooLargeIsRefused() {
    for (String source :
        List.of("'x'.repeat(200000)", "new Uint8Array(200000)", "new Array(60000).fill(1)")) {
      assertThat(failure(source, patient).reason()).as(source).isEqualTo(Reason.TOO_LARGE);
    }
    assertThat(patient.javascript("'x'.repeat(99998)").run().as(String.class)).hasSize(99998);
  }

  @Test
  void theConsoleIsNoWayOut() {
    CodeException flood = failure("for (;;) console.log('x'.repeat(1000))");
    assertThat(flood.reason()).isEqualTo(Reason.LIMIT);
    assertThat(flood.console().stream().mapToInt(line -> line.text().length()).sum())
        .isLessThanOrEqualTo(10_000);

    CodeResult huge = patient.javascript("console.log('x'.repeat(5e6)); 1").run();
    assertThat(huge.console().get(0).text()).hasSizeLessThanOrEqualTo(10_000);
    assertThat(huge.isConsoleCut()).isTrue();

    CodeResult odd =
        patient
            .javascript(
                "console.log({ get a() { throw 1 }, toString: null }, Object.create(null), new Proxy({}, { ownKeys() { throw 1 } }), Symbol()); 1")
            .run();
    assertThat(odd.console()).hasSize(1);
  }

  @Test
  void thereAreNoThreadsToWaitFor() {
    assertThat(
            patient
                .javascript("[typeof Atomics, typeof Worker, typeof WebAssembly]")
                .run()
                .as(String[].class))
        .containsOnly("undefined");
  }

  @Test
  void errorsThatLieAreText() {
    CodeException failure =
        failure(
            "class Odd extends Error { get name() { return { toString() { return 'N'.repeat(10) } } } get message() { throw 1 } get stack() { return 'x\\n'.repeat(1e5) + ' at a (b:99999999999:1)' } } throw new Odd()",
            patient);

    assertThat(failure.reason()).isEqualTo(Reason.THROWN);
    assertThat(failure.thrown().name()).isEqualTo("NNNNNNNNNN");
    assertThat(failure.thrown().message()).isEmpty();
    assertThat(
            failure(
                    "throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 1 } })",
                    patient)
                .reason())
        .isEqualTo(Reason.THROWN);
  }

  @Test
  void functionsOfJavaAreNoWayOut() {
    AtomicInteger calls = new AtomicInteger();
    CodeException failure =
        catchThrowableOfType(
            CodeException.class,
            () ->
                executor
                    .javascript(
                        "for (;;) try { tick({ toJSON() { tick(1); return 5 } }) } catch {}")
                    .function("tick", given -> calls.incrementAndGet())
                    .run());
    assertThat(failure.reason()).isEqualTo(Reason.LIMIT);
    assertThat(calls).hasPositiveValue();

    assertThat(
            patient
                .javascript(
                    """
                    const told = [];
                    for (const much of ['x'.repeat(1e6), new Uint8Array(1e6), new Array(1e5).fill(0)])
                      try { echo(much) } catch (e) { told.push(e.message.includes('100000 bytes')) }
                    [...told, echo(new Uint8Array(9e4)).length]
                    """)
                .function("echo", given -> given.bytes(0))
                .run()
                .json())
        .isEqualTo("[true,true,true,90000]");
  }

  @Test
  void aFunctionThatWaitsTooLongEndsWithTheRun() {
    CodeException failure =
        catchThrowableOfType(
            CodeException.class,
            () ->
                executor
                    .javascript("wait(); 1")
                    .function(
                        "wait",
                        given -> {
                          new CountDownLatch(1).await();
                          return null;
                        })
                    .run());

    assertThat(failure.reason()).isEqualTo(Reason.LIMIT);
    assertThat(Thread.interrupted()).isFalse();
    assertNothingIsLeft();
  }

  @Test
  void modulesOfOneRunAreNotThereInTheNext() {
    assertThat(
            patient
                .module("import a from 'a.js'; export default a")
                .modules(Map.of("a.js", "export default 1"))
                .run()
                .json())
        .isEqualTo("1");
    assertThat(failure("await import('a.js')", patient).getMessage()).contains("no module 'a.js'");
    assertThat(
            patient
                .module("import a from 'a.js'; export default a")
                .modules(Map.of("a.js", "export default 2"))
                .run()
                .json())
        .isEqualTo("2");
  }

  @Test
  void manyThreadsRunAtATimeAndSeeTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 60; i++) {
                    String mine = number + ":" + i;
                    CodeResult result =
                        patient
                            .javascript(
                                "if (typeof seen !== 'undefined') throw seen; globalThis.seen = id; console.log(id); await 0; me() + seen")
                            .argument("id", mine)
                            .function("me", given -> mine + "/")
                            .run();
                    assertThat(result.as(String.class)).isEqualTo(mine + "/" + mine);
                    assertThat(result.console().get(0).text()).isEqualTo(mine);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static CodeException failure(String source) {
    return failure(source, executor);
  }

  private static CodeException failure(String source, CodeExecutor with) {
    return catchThrowableOfType(CodeException.class, () -> with.javascript(source).run());
  }

  private static void assertNothingIsLeft() {
    assertThat(
            patient
                .javascript(
                    """
                    const probe = [typeof leak, typeof leak2, typeof ({}).polluted, typeof [].polluted, typeof Object.leak];
                    probe.push(typeof [].map, typeof JSON.parse, typeof console.log, typeof Promise, [...'ab'].length);
                    probe.push(Object.isFrozen(globalThis), 'value' in {}, Math.random() === 4, Date.now() > 1e12);
                    await new Promise(done => setTimeout(done, 100));
                    probe.concat(typeof leak)
                    """)
                .run()
                .json())
        .isEqualTo(
            "[\"undefined\",\"undefined\",\"undefined\",\"undefined\",\"undefined\",\"function\",\"function\",\"function\",\"function\",2,false,false,false,true,\"undefined\"]");
  }
}
