package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.code.CodeConsoleLine.Level;
import io.github.wasmspring.code.CodeException.Reason;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JavaScript as a user runs it. */
class CodeExecutorTest {

  private static WasmRuntime runtime;
  private static CodeExecutor executor;

  record Item(String name, int price) {}

  record Order(String customer, List<Item> items) {}

  record Options(boolean twice) {}

  record Total(String customer, int sum, @Nullable String note) {}

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    executor =
        CodeExecutor.of(
            runtime.manager(),
            CodeExecutorSettings.DEFAULTS
                .withTimeout(Duration.ofSeconds(20))
                .withMemory(64 << 20)
                .withStack(128 << 10)
                .withOutput(4 << 20)
                .withConsole(1000));
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static CodeException failure(CodeScript script) {
    return catchThrowableOfType(CodeException.class, script::run);
  }

  @Test
  void recordsGoInAndComeOut() {
    Order order = new Order("Zoë", List.of(new Item("a", 3), new Item("b", 4)));

    CodeResult result =
        executor
            .javascript(
                """
                const sum = order.items.reduce((all, item) => all + item.price, 0);
                ({ customer: order.customer, sum, note: null })
                """)
            .argument("order", order)
            .run();

    assertThat(result.as(Total.class)).isEqualTo(new Total("Zoë", 7, null));
    assertThat(result.json()).isEqualTo("{\"customer\":\"Zoë\",\"sum\":7,\"note\":null}");
    assertThat(result.duration()).isPositive();
  }

  @Test
  void bytesGoInAndComeOut() {
    CodeResult result =
        executor
            .javascript("const out = new Uint8Array([9, ...raw, 9]); out.subarray(1, 4)")
            .argument("raw", new byte[] {1, -2, 3})
            .run();

    assertThat(result.bytes()).containsExactly(1, -2, 3);
    assertThat(result.json()).isNull();
    assertThatThrownBy(() -> result.as(String.class)).hasMessageContaining("bytes()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 + 1|2",
        "'\\ud800x'|\"\\ud800x\"",
        "[,1]|[null,1]",
        "new Date(0)|\"1970-01-01T00:00:00.000Z\"",
        "NaN|null",
        "({ toJSON() { return 5 } })|5",
        "await 3|3",
        "(async () => 4)()|4",
        "Promise.resolve(Promise.resolve(5))|5",
        "new Map([[1, 2]])|{}",
        "let a = 1; { let a = 2; } a|1",
        "'use strict'; typeof this|\"object\""
      })
  void valuesAreJson(String source, String json) {
    assertThat(executor.javascript(source).run().json()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"undefined", "", "(() => 1)", "Symbol('a')", "var x = 1"})
  void whatIsNoValueIsUndefined(String source) {
    CodeResult result = executor.javascript(source).run();

    assertThat(result.isUndefined()).isTrue();
    assertThat(result.as(String.class)).isNull();
  }

  @Test
  void aValueThatCanNotBeJsonSaysSo() {
    assertThat(failure(executor.javascript("10n")).thrown().toString()).contains("BigInt");
    assertThat(failure(executor.javascript("const a = {}; a.a = a; a")).thrown().name())
        .isEqualTo("TypeError");
  }

  @Test
  void aResultThatIsNotOfTheTypeSaysSo() {
    assertThatThrownBy(() -> executor.javascript("'abc'").run().as(Total.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Total")
        .hasMessageContaining("\"abc\"");
  }

  @Test
  void aFunctionCallsJava() {
    CodeResult result =
        executor
            .javascript("lookup('b', { twice: true }).price + add(new Uint8Array([1, 2]), 5)")
            .function(
                "lookup",
                given -> {
                  boolean twice = given.as(1, Options.class).twice();
                  return new Item(given.text(0), twice ? 14 : 7);
                })
            .function("add", given -> given.bytes(0)[1] + given.as(1, Integer.class))
            .run();

    assertThat(result.as(Integer.class)).isEqualTo(21);
  }

  @Test
  void bytesNullAndNothingComeFromJava() {
    assertThat(
            executor
                .javascript(
                    "[bytes() instanceof Uint8Array, bytes().length, nothing(), size(1, undefined)]")
                .function("bytes", given -> new byte[5])
                .function("nothing", given -> null)
                .function("size", CodeArguments::size)
                .run()
                .json())
        .isEqualTo("[true,5,null,2]");
  }

  @Test
  void whatAFunctionFailsWithIsNotToldToTheCode() {
    IllegalStateException secret = new IllegalStateException("password");
    CodeScript script =
        executor
            .javascript("lookup()")
            .function(
                "lookup",
                given -> {
                  throw secret;
                });

    CodeException failure = failure(script);

    assertThat(failure.reason()).isEqualTo(Reason.THROWN);
    assertThat(failure.thrown().message()).isEqualTo("The function failed");
    assertThat(failure.getCause()).isSameAs(secret);
    assertThat(
            executor
                .javascript("try { lookup() } catch (e) { e.message + e.stack }")
                .function(
                    "lookup",
                    given -> {
                      throw secret;
                    })
                .run()
                .as(String.class))
        .doesNotContain("password");
  }

  @Test
  void whatAFunctionRefusesIsToldToTheCode() {
    assertThat(
            executor
                .javascript("try { lookup(5) } catch (e) { e.message }")
                .function("lookup", given -> given.text(0))
                .run()
                .as(String.class))
        .isEqualTo("Argument 1 has to be a string");
  }

  @Test
  void thereIsNothingThatWasNotGiven() {
    assertThat(
            executor
                .javascript(
                    "[typeof require, typeof process, typeof fetch, typeof std, typeof os, typeof Deno, typeof WebAssembly, typeof host, typeof lookup]")
                .run()
                .as(String[].class))
        .containsOnly("undefined");
    assertThat(failure(executor.javascript("await import('std')")).getMessage())
        .contains("no module 'std'");
  }

  @Test
  void modulesImportEachOther() {
    Map<String, String> sources =
        Map.of(
            "lib/tax.js", "import { rate } from './rates/de.js'; export default n => n * rate;",
            "lib/rates/de.js",
                "import { one } from '../../one.js'; export const rate = one + 0.19;",
            "one.js", "export const one = 1;");

    assertThat(
            executor
                .module("import tax from './lib/tax.js'; export default tax(100);")
                .modules(sources)
                .run()
                .as(Double.class))
        .isEqualTo(119);
    assertThat(executor.module("export const a = 1, b = 'x';").run().json())
        .isEqualTo("{\"a\":1,\"b\":\"x\"}");
    assertThat(executor.javascript("(await import('one.js')).one").modules(sources).run().json())
        .isEqualTo("1");
  }

  @Test
  void whatModulesComeFromMayFail() {
    CodeException failure =
        failure(
            executor
                .module("import a from 'a'; export default a")
                .modules(
                    name -> {
                      throw new IllegalStateException("disk");
                    }));

    assertThat(failure.thrown().message()).isEqualTo("There is no module 'a'");
    assertThat(failure.getCause()).hasMessage("disk");
  }

  @Test
  void anErrorOfSyntaxSaysWhere() {
    CodeException failure = failure(executor.javascript("let a = 1;\nlet b = ;").file("order.js"));

    assertThat(failure.reason()).isEqualTo(Reason.SYNTAX);
    assertThat(failure).hasMessageStartingWith("order.js:2:9 is no JavaScript");
    assertThat(failure.problems()).hasSize(1);
    CodeProblem problem = failure.problems().get(0);
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isEqualTo(9);
    assertThat(problem.range().of("let a = 1;\nlet b = ;")).isEqualTo(";");
  }

  @Test
  void anErrorThatIsThrownSaysWhere() {
    CodeException failure =
        failure(
            executor
                .javascript("function total() {\n  throw new RangeError('too much');\n}\ntotal();")
                .file("order.js"));

    assertThat(failure.reason()).isEqualTo(Reason.THROWN);
    assertThat(failure).hasMessage("order.js:2:13 has thrown: RangeError: too much");
    assertThat(failure.thrown())
        .isEqualTo(
            new CodeThrown(
                "RangeError",
                "too much",
                List.of(
                    new CodeFrame("total", "order.js", 2, 13),
                    new CodeFrame("", "order.js", 4, 1))));
  }

  @Test
  void whatIsReadAtRuntimeIsNoErrorOfSyntaxOfTheSource() {
    assertThat(failure(executor.javascript("JSON.parse('{')")).reason()).isEqualTo(Reason.THROWN);
    assertThat(failure(executor.javascript("eval('a b')")).reason()).isEqualTo(Reason.THROWN);
  }

  @Test
  void whatIsNoErrorCanBeThrown() {
    assertThat(failure(executor.javascript("throw { code: 5 }")).thrown())
        .isEqualTo(new CodeThrown("", "{ code: 5 }", List.of()));
    assertThat(failure(executor.javascript("throw null")).thrown().message()).isEqualTo("null");
    assertThat(failure(executor.javascript("await Promise.reject('no')")).thrown().message())
        .isEqualTo("no");
  }

  @Test
  void theConsoleIsKept() {
    CodeResult result =
        executor
            .javascript(
                """
                console.log('a', 1, { b: [true, null, undefined, 'c'] }, 5n);
                console.warn(new Map() instanceof Map);
                console.error('bad');
                console.debug();
                console.assert(1 === 2, 'sum');
                """)
            .run();

    assertThat(result.console())
        .containsExactly(
            new CodeConsoleLine(Level.INFO, "a 1 { b: [true, null, undefined, \"c\"] } 5n"),
            new CodeConsoleLine(Level.WARN, "true"),
            new CodeConsoleLine(Level.ERROR, "bad"),
            new CodeConsoleLine(Level.DEBUG, ""),
            new CodeConsoleLine(Level.ERROR, "Assertion failed sum"));
    assertThat(result.isConsoleCut()).isFalse();
  }

  @Test
  void theConsoleIsKeptOfCodeThatThrows() {
    assertThat(failure(executor.javascript("console.log('before'); nope()")).console())
        .containsExactly(new CodeConsoleLine(Level.INFO, "before"));
  }

  @Test
  void theConsoleTakesNoMoreThanItMay() {
    CodeResult result =
        executor.javascript("for (let i = 0; i < 1e4; i++) console.log('0123456789')").run();

    assertThat(result.console().stream().mapToInt(line -> line.text().length()).sum())
        .isBetween(800, 1000);
    assertThat(result.isConsoleCut()).isTrue();
  }

  @Test
  void timersPassWithoutWaiting() {
    assertThat(
            executor
                .javascript(
                    """
                    const seen = [], start = Date.now();
                    setTimeout(() => seen.push('late'), 7000);
                    const gone = setTimeout(() => seen.push('gone'), 10);
                    clearTimeout(gone);
                    setTimeout((a, b) => seen.push(a + b), 20, 'ear', 'ly');
                    await new Promise(done => {
                      let n = 0;
                      const every = setInterval(() => { if (++n === 3) { clearInterval(every); done(); } }, 3000);
                    });
                    seen.push(Math.floor((Date.now() - start) / 1000));
                    seen
                    """)
                .run()
                .json())
        .isEqualTo("[\"early\",\"late\",9]");
  }

  @Test
  void aPromiseThatNothingSettlesEndsTheRun() {
    CodeException failure = failure(executor.javascript("await new Promise(() => {})"));

    assertThat(failure.reason()).isEqualTo(Reason.LIMIT);
    assertThat(failure).hasMessageContaining("nothing settles");
  }

  @Test
  void deterministicRunsComeToTheSame() {
    String source =
        "[Math.random(), Math.random(), Date.now(), new Date().toISOString(), performance.now() === performance.now()]";
    Instant now = Instant.parse("2026-01-02T03:04:05Z");

    String first = executor.javascript(source).deterministic(now, 42).run().json();

    assertThat(first).contains("\"2026-01-02T03:04:05.000Z\"", "true");
    assertThat(executor.javascript(source).deterministic(now, 42).run().json()).isEqualTo(first);
    assertThat(executor.javascript(source).deterministic(now, 43).run().json()).isNotEqualTo(first);
  }

  @Test
  void randomNumbersAreOthersEachTime() {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      seen.add(executor.javascript("Math.random()").run().json());
    }

    assertThat(seen).hasSize(20);
  }

  @Test
  void theTimeZoneIsTheOneThatWasGiven() {
    String source = "new Date('2026-07-01T00:00:00Z').getHours()";

    assertThat(executor.javascript(source).run().json()).isEqualTo("0");
    assertThat(executor.javascript(source).zone(ZoneId.of("Asia/Tokyo")).run().json())
        .isEqualTo("9");
    assertThat(
            executor
                .javascript(
                    "new Date('2026-01-01T00:00:00Z').getHours() + ',' + new Date('2026-07-01T00:00:00Z').getHours()")
                .zone(ZoneId.of("Europe/Berlin"))
                .run()
                .as(String.class))
        .isEqualTo("1,2");
  }

  @Test
  void typescriptRunsWithoutItsTypes() {
    assertThat(
            executor
                .typescript(
                    "interface Pair { a: number }\n"
                        + "const later = async (pair: Pair): Promise<number> => pair.a!;\n"
                        + "await later({ a: given as number } satisfies Pair)")
                .argument("given", 7)
                .run()
                .json())
        .isEqualTo("7");
    assertThat(
            executor
                .typescriptModule("import { two } from './two.js'; export default two as number;")
                .modules(Map.of("two.js", "export const two = 2;"))
                .run()
                .json())
        .isEqualTo("2");
  }

  @Test
  void aStackOfTypescriptHasThePlacesOfTheSource() {
    assertThatThrownBy(
            () ->
                executor
                    .typescript("type T = string;\nlet a: T = 'a'; (a as any).b.c")
                    .file("a.ts")
                    .run())
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> {
              CodeFrame frame = Objects.requireNonNull(failure.thrown()).stack().get(0);
              assertThat(frame.file()).isEqualTo("a.ts");
              assertThat(frame.line()).isEqualTo(2);
              // Of the object whose property has none; it would be 15 without spaces for the type.
              assertThat(frame.column()).isEqualTo(18);
            });
  }

  @Test
  void typescriptThatIsNoneOrHasToBeWrittenAnewIsRefused() {
    assertThatThrownBy(() -> executor.typescript("let a: = 1"))
        .isInstanceOfSatisfying(
            CodeException.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.SYNTAX));
    assertThatThrownBy(() -> executor.typescript("enum Color { RED }"))
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.UNSUPPORTED);
              assertThat(failure.problems()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a b", "a\"b", "a;"})
  void whatCanNotBeANameIsRefused(String name) {
    assertThatThrownBy(() -> executor.javascript("1").argument(name, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> executor.javascript("1").function(name, given -> 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsThatCanNeverBeAreRefused() {
    CodeScript script = executor.javascript("1");
    assertThatThrownBy(() -> script.timeout(Duration.ZERO)).hasMessageContaining("timeout");
    assertThatThrownBy(() -> script.memory(0)).hasMessageContaining("memory");
    assertThatThrownBy(() -> script.output(-1)).hasMessageContaining("output");
    assertThatThrownBy(() -> script.console(-1)).hasMessageContaining("console");
    assertThatThrownBy(
            () ->
                executor
                    .settings()
                    .withTimeout(Duration.ofSeconds(1))
                    .withMemory(1 << 20)
                    .withStack(1024)
                    .withOutput(1000)
                    .withConsole(1000))
        .hasMessageContaining("stack");
  }

  @Test
  void aModuleThatIsNotThereIsToldOf() {
    CodeExecutor other =
        CodeExecutor.of(runtime.manager(), CodeExecutorSettings.DEFAULTS.withModule("quick"));

    assertThatThrownBy(() -> other.javascript("1").run())
        .isInstanceOf(WasmModuleNotFoundException.class)
        .hasMessageContaining("quickjs");
  }

  @Test
  void scriptsCanBeRunAgain() {
    CodeScript script = executor.javascript("counter = counter + 1").argument("counter", 1);

    assertThat(script.run().json()).isEqualTo("2");
    assertThat(script.run().json()).isEqualTo("2");
    assertThat(script.argument("counter", 5).run().json()).isEqualTo("6");
  }
}
