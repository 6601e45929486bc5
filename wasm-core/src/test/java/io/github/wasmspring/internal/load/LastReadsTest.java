package io.github.wasmspring.internal.load;

import static io.github.wasmspring.internal.load.ModuleServer.MODULE;
import static io.github.wasmspring.internal.load.ModuleServer.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When nothing is known of a location but what a resolver remembers. */
class LastReadsTest {

  private static final WasmModuleDescriptor MODULE_THERE =
      WasmModuleDescriptor.builder("plugin").location("there:plugin").build();

  /** What is there; nothing if reading it fails half-way. */
  private byte[] bytes = MODULE;

  private Runnable whileOpening = () -> {};
  private Runnable whileAsking = () -> {};
  private boolean changed;

  private final DefaultWasmModuleLoader loader =
      new DefaultWasmModuleLoader(List.of(new There()), 1 << 16);

  /** Remembers what it gives out as soon as it does, as those that ask servers do. */
  private final class There implements WasmLocationResolver {

    @Override
    public boolean supports(String location) {
      return location.startsWith("there:");
    }

    @Override
    public InputStream open(String location, ClassLoader classLoader) {
      byte[] opened = LastReadsTest.this.bytes;
      LastReadsTest.this.changed = false;
      Runnable meanwhile = LastReadsTest.this.whileOpening;
      LastReadsTest.this.whileOpening = () -> {};
      meanwhile.run();
      return opened.length > 0 ? new ByteArrayInputStream(opened) : new BrokenStream();
    }

    @Override
    public boolean mayHaveChanged(String location, ClassLoader classLoader, boolean fromOutside) {
      LastReadsTest.this.whileAsking.run();
      return LastReadsTest.this.changed;
    }
  }

  private static final class BrokenStream extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }
  }

  private String load() {
    return this.loader.load(MODULE_THERE).digest();
  }

  private boolean mayHaveChanged(byte[] known) {
    return this.loader.mayHaveChanged(MODULE_THERE, WasmDigest.of(known));
  }

  @Test
  void whatWasReadIsUnchanged() {
    load();
    assertThat(mayHaveChanged(MODULE)).isFalse();
    this.changed = true;
    assertThat(mayHaveChanged(MODULE)).isTrue();
  }

  /** The resolver knows the new bytes, and the application still has the old. */
  @Test
  void whatCouldNotBeReadToTheEndMayHaveChanged() {
    load();
    this.bytes = new byte[0];
    assertThatThrownBy(this::load).hasMessageContaining("broken");

    assertThat(mayHaveChanged(MODULE)).isTrue();
  }

  @Test
  void ofTwoReadsAtOnceNobodyKnowsWhichTheResolverRemembers() {
    this.whileOpening =
        () -> {
          this.bytes = OTHER;
          load();
        };

    assertThat(load()).isEqualTo(WasmDigest.of(MODULE));
    assertThat(mayHaveChanged(MODULE)).isTrue();
    assertThat(mayHaveChanged(OTHER)).isTrue();

    load();
    assertThat(mayHaveChanged(OTHER)).isFalse();
  }

  @Test
  void whatIsReadWhileAServerIsAskedCounts() {
    load();
    this.whileAsking =
        () -> {
          this.bytes = OTHER;
          load();
        };

    assertThat(mayHaveChanged(MODULE)).isTrue();
  }
}
