package io.github.wasmspring.internal.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.testing.TestRuntime;
import java.io.InputStream;
import java.nio.MappedByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Return types that no answer can be read as are refused when a bean is made. */
class AnswerTypeTest {

  @WasmModule("buffer")
  interface OfFlux {
    Flux<String> echo(String text);
  }

  @WasmModule("buffer")
  interface OfStream {
    Stream<String> echo(String text);
  }

  @WasmModule("buffer")
  interface OfIterator {
    Iterator<String> echo(String text);
  }

  @WasmModule("buffer")
  interface OfSupplier {
    Supplier<String> echo(String text);
  }

  @WasmModule("buffer")
  interface OfInputStream {
    InputStream echo(String text);
  }

  sealed interface Shape permits Circle, Square {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  @WasmModule("buffer")
  interface OfSealed {
    Shape echo(String text);
  }

  @WasmModule("buffer")
  interface OfSealedInList {
    List<Shape> echo(String text);
  }

  record Drawing(String name, Shape shape) {}

  @WasmModule("buffer")
  interface OfSealedInRecord {
    Drawing echo(String text);
  }

  @WasmModule("buffer")
  interface OfOptionalSealed {
    Optional<Shape> echo(String text);
  }

  abstract static class Abstract {
    public int number;
  }

  @WasmModule("buffer")
  interface OfAbstract {
    Map<String, Abstract> echo(String text);
  }

  static final class Closed {
    private Closed(int one, int two) {}
  }

  @WasmModule("buffer")
  interface OfClosed {
    Closed echo(String text);
  }

  @WasmModule("buffer")
  interface OfMappedBuffer {
    MappedByteBuffer echo(String text);
  }

  @WasmModule("buffer")
  interface OfVariable {
    <T> T echo(String text);
  }

  @WasmModule("buffer")
  interface OfFutureTask {
    FutureTask<String> echo(String text);
  }

  @WasmModule("buffer")
  interface OfTwoFutures {
    CompletableFuture<Mono<String>> echo(String text);
  }

  @WasmModule("buffer")
  interface OfFutureInResult {
    WasmResult<CompletableFuture<String>> echo(String text);
  }

  @WasmModule("buffer")
  interface WithFallback {
    default Supplier<String> echo(String text) {
      return () -> text;
    }
  }

  @WasmModule("buffer")
  interface OrdinaryMethod {
    String echo(String text);

    default Stream<String> notInTheModule(String text) {
      return text.lines();
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(value = Cat.class, name = "cat")})
  interface Animal {}

  record Cat(String name) implements Animal {}

  record Tree(String name, List<Tree> children) {}

  record Fraction(int numerator) {}

  @WasmModule("buffer")
  interface Readable {
    @WasmExport("echo")
    Animal animal(String json);

    @WasmExport("echo")
    Tree tree(String json);

    @WasmExport("echo")
    Object anything(String json);

    @WasmExport("echo")
    ArrayList<Map<String, Integer>> list(String json);

    @WasmExport("echo")
    Fraction fraction(String json);
  }

  private final TestRuntime runtime = new TestRuntime().with(guest("buffer"));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OfFlux.class,
        OfStream.class,
        OfIterator.class,
        OfSupplier.class,
        OfInputStream.class,
        OfSealed.class,
        OfSealedInList.class,
        OfSealedInRecord.class,
        OfOptionalSealed.class,
        OfAbstract.class,
        OfClosed.class,
        OfMappedBuffer.class,
        OfVariable.class,
        OfFutureTask.class,
        OfTwoFutures.class,
        OfFutureInResult.class,
        WithFallback.class
      })
  void whatCanNeverBeReadIsRefused(Class<?> type) {
    WasmSignatureException failure =
        failure(WasmSignatureException.class, () -> this.runtime.manager.bind(type));

    assertThat(failure.module()).isEqualTo("buffer");
    assertThat(failure.method()).contains("echo(");
    assertThat(failure).hasMessageContaining(" echo(").hasMessageContaining("buffer");
  }

  @Test
  void theReasonIsSaid() {
    assertThat(failure(() -> this.runtime.manager.bind(OfSealedInRecord.class)))
        .hasMessageContaining("'shape'")
        .hasMessageContaining("Shape is an interface")
        .hasMessageContaining("@JsonTypeInfo");
  }

  @Test
  void whatAnOrdinaryMethodReturnsIsItsOwnAffair() {
    OrdinaryMethod bean = this.runtime.manager.bind(OrdinaryMethod.class);

    assertThat(bean.notInTheModule("a\nb")).containsExactly("a", "b");
  }

  @Test
  void typesThatJacksonCanTellApartAreRead() {
    Readable bean = this.runtime.manager.bind(Readable.class);

    assertThat(bean.animal("{\"@type\":\"cat\",\"name\":\"Tom\"}")).isEqualTo(new Cat("Tom"));
    assertThat(bean.tree("{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}"))
        .isEqualTo(new Tree("a", List.of(new Tree("b", List.of()))));
    assertThat(bean.anything("[1]")).isEqualTo(List.of(1));
    assertThat(bean.list("[{\"a\":1}]")).isEqualTo(List.of(Map.of("a", 1)));
  }

  @Test
  void aFractionIsNoWholeNumber() {
    Readable bean = this.runtime.manager.bind(Readable.class);

    assertThat(bean.fraction("{\"numerator\":2}")).isEqualTo(new Fraction(2));
    assertThat(failure(WasmErrorCategory.TRAP, () -> bean.fraction("{\"numerator\":2.9}")))
        .hasMessageContaining("numerator");
  }

  @Test
  void anAnswerHasNothingBehindIt() {
    Readable bean = this.runtime.manager.bind(Readable.class);

    failure(WasmErrorCategory.TRAP, () -> bean.anything("[1] [2]"));
  }
}
