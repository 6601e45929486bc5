package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods of generic interfaces have the types that an interface gives for their variables. */
class GenericInterfaceTest {

  interface Echo<T> {

    T echo(T value);

    @WasmExport("echo")
    CompletableFuture<T> later(T value);

    @WasmExport("echo")
    List<T> list(List<T> values);

    @WasmExport("echo")
    T[] array(T[] values);
  }

  interface Both<A, B> extends Echo<A> {

    @WasmExport("id_int")
    B number(B value);
  }

  record Point(int x, int y) {}

  @WasmModule("buffer")
  interface Texts extends Both<String, Integer> {}

  @WasmModule("buffer")
  interface Points extends Both<Point, Integer> {}

  @WasmModule("buffer")
  interface WrongNumber extends Both<String, Long> {}

  private final TestRuntime runtime = new TestRuntime().with(guest("buffer"));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @Test
  void textStaysText() {
    Texts texts = this.runtime.manager.bind(Texts.class);

    assertThat(texts.echo("no \"JSON")).isEqualTo("no \"JSON");
    assertThat(texts.later("{").join()).isEqualTo("{");
    assertThat(texts.number(7)).isEqualTo(7);
    assertThat(texts.array(new String[] {"a"})).containsExactly("a");
  }

  @Test
  void recordsComeBackAsRecords() {
    Points points = this.runtime.manager.bind(Points.class);
    Point point = new Point(1, 2);

    assertThat(points.echo(point)).isEqualTo(point);
    assertThat(points.list(List.of(point))).containsExactly(point);
  }

  @Test
  void theirTypesAreChecked() {
    assertThat(
            failure(
                WasmErrorCategory.SIGNATURE, () -> this.runtime.manager.bind(WrongNumber.class)))
        .hasMessageContaining("Long number(Long value)")
        .hasMessageContaining("(i64) -> i64");
  }
}
