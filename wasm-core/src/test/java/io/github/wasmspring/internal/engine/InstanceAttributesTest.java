package io.github.wasmspring.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InstanceAttributesTest {

  private final InstanceAttributes attributes = new InstanceAttributes();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void thereIsOneOfAType() {
    AtomicInteger first = this.attributes.get(AtomicInteger.class, AtomicInteger::new);

    assertThat(this.attributes.get(AtomicInteger.class, AtomicInteger::new)).isSameAs(first);
  }

  @Test
  void allAreClosedThoughOneFails() {
    this.attributes.get(String.class, () -> "nothing to close");
    this.attributes.get(Closeable.class, () -> this::fail);
    this.attributes.get(AutoCloseable.class, () -> this.closed::incrementAndGet);

    this.attributes.clear();

    assertThat(this.closed).hasValue(2);
  }

  private void fail() throws IOException {
    this.closed.incrementAndGet();
    throw new IOException("test");
  }

  @Test
  void whatIsClearedIsMadeAnew() {
    AtomicInteger first = this.attributes.get(AtomicInteger.class, AtomicInteger::new);

    this.attributes.clear();

    assertThat(this.attributes.get(AtomicInteger.class, AtomicInteger::new)).isNotSameAs(first);
  }
}
