package io.github.wasmspring.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.engine.WasmInstance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkedInstanceTest {

  private final List<String> closed = new ArrayList<>();

  private WasmInstance instance(String name, boolean fails) {
    return new IdleInstance() {
      @Override
      public void close() {
        LinkedInstanceTest.this.closed.add(name);
        if (fails) {
          throw new AssertionError(name);
        }
      }
    };
  }

  @Test
  void allAreClosedWhicheverFails() {
    LinkedInstance group =
        new LinkedInstance(
            instance("first", true),
            List.of(instance("second", true), instance("third", false), instance("fourth", true)),
            false);

    Throwable failure = catchThrowable(group::close);

    assertThat(this.closed).containsExactly("first", "second", "third", "fourth");
    assertThat(failure).hasMessage("first");
    assertThat(failure.getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("second", "fourth");
  }

  @Test
  void whatFailsToCloseDoesNotHideWhyItIsClosed() {
    IllegalStateException why = new IllegalStateException("why");

    LinkedInstance.closeAfter(why, List.of(instance("one", true), instance("two", false)));

    assertThat(this.closed).containsExactly("one", "two");
    assertThat(why.getSuppressed()).extracting(Throwable::getMessage).containsExactly("one");
  }
}
