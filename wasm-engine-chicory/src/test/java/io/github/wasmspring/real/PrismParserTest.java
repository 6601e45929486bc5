package io.github.wasmspring.real;

import static io.github.wasmspring.real.HostFunctions.call;
import static io.github.wasmspring.real.HostFunctions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ruby's parser, compiled at build time by its own project, for Java 21 and later. */
@EnabledForJreRange(min = JRE.JAVA_21)
class PrismParserTest {

  private static final String PARSER = "org.ruby_lang.prism.wasm.PrismParser";

  private final TestRuntime runtime = new TestRuntime();
  private WasmSession session;

  @BeforeEach
  void open() {
    this.runtime.with(WasmModuleDescriptor.builder("prism").compiledClass(PARSER));
    this.session = this.runtime.manager.open("prism");
  }

  @AfterEach
  void close() {
    this.session.close();
    this.runtime.close();
  }

  private int write(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    int address = call(this.session, "calloc", 1, bytes.length + 1);
    this.session.memory().write(address, bytes);
    return address;
  }

  private static int length(String source) {
    return source.getBytes(StandardCharsets.UTF_8).length;
  }

  private boolean parses(String source) {
    return call(this.session, "pm_serialize_parse_success_p", write(source), length(source), 0)
        != 0;
  }

  private byte[] serialized(String source) {
    int buffer = call(this.session, "pm_buffer_new");
    this.session.call("pm_serialize_parse", buffer, write(source), length(source), 0);
    int address = call(this.session, "pm_buffer_value", buffer);
    return this.session.memory().read(address, call(this.session, "pm_buffer_length", buffer));
  }

  @Test
  void runsOnTheEngineThatItWasCompiledFor() {
    assertThat(this.runtime.manager.status("prism").get(0).engine())
        .isEqualTo("chicory-build-time");
    assertThat(this.runtime.engine.compilations).hasValue(0);
  }

  @Test
  void saysItsVersion() {
    assertThat(text(this.session.memory(), call(this.session, "pm_version")))
        .matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "puts 'hello'",
        "def add(a, b) = a + b",
        "class Ä < Struct.new(:x)\n  def to_s = \"#{x}\"\nend",
        "[1, 2, 3].map { |n| n ** 2 }.sum"
      })
  void parsesRuby(String source) {
    assertThat(parses(source)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"def", "1 +", "class foo; end", "puts 'hello", "end", "[1, 2"})
  void refusesBrokenRuby(String source) {
    assertThat(parses(source)).isFalse();
  }

  @Test
  void writesTheSyntaxTree() {
    byte[] tree = serialized("def greet(name) = puts \"Hello, #{name}\"");

    assertThat(new String(tree, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("PRISM");
    assertThat(new String(tree, StandardCharsets.ISO_8859_1)).contains("greet", "name", "puts");
  }

  @Test
  void writesWhatIsWrongWithBrokenRuby() {
    assertThat(new String(serialized("foo("), StandardCharsets.ISO_8859_1))
        .containsIgnoringCase("expected");
  }
}
