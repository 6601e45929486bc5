package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A behaviour in Java gives the same answers, where there is no module for one. */
class JavaInPlaceOfAModuleTest {

  private static final byte[] EMPTY_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  @TempDir private Path directory;

  /** The guest that counts, once more. */
  private static final class JavaTally implements WasmBehavior {

    private long count;

    @Override
    public List<WasmEffect> init(WasmActorStart start) {
      Map<?, ?> config = start.config(Map.class);
      this.count = config == null ? 0 : ((Number) config.get("start")).longValue();
      return List.of();
    }

    @Override
    public List<WasmEffect> receive(WasmActorMessage message) {
      return switch (message.name()) {
        case "add" -> {
          Long more = message.body(Long.class);
          this.count += more == null ? 1 : more;
          yield List.of(new WasmEffect.Reply(this.count));
        }
        case "count" -> List.of(new WasmEffect.Reply(this.count));
        case "trap" -> throw new IllegalStateException("a crash");
        default -> List.of();
      };
    }

    @Override
    public byte[] snapshot() {
      return ByteBuffer.allocate(8).putLong(this.count).array();
    }

    @Override
    public void restore(byte[] snapshot) {
      this.count = ByteBuffer.wrap(snapshot).getLong();
    }
  }

  private static WasmActorType type(String module) {
    return WasmActorType.ofModule("counter", module)
        .withFallback(JavaTally::new)
        .with(settings -> settings.snapshotEvery(1));
  }

  private static void count(ActorFixture fixture) {
    WasmActorRef counter = fixture.actors.spawn("counter", "1", Map.of("start", 5));
    assertThat(fixture.ask(counter, "add", 2)).isEqualTo(7);
    fixture.actors.tell(counter, "trap", null);
    assertThat(fixture.ask(counter, "count", null)).isEqualTo(7);
    assertThat(fixture.ask(counter, "unknown", null)).isNull();
    assertThat(fixture.actors.status(counter).orElseThrow().restarts()).isEqualTo(1);
  }

  private static String behavior(ActorFixture fixture) {
    return fixture.actors.status(new WasmActorRef("counter", "1")).orElseThrow().behavior();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tally", "missing"})
  void theAnswersAreTheSame(String module) {
    try (ActorFixture fixture = ActorFixture.of(builder -> builder.type(type(module)))) {
      count(fixture);

      assertThat(behavior(fixture)).isEqualTo(module.equals("tally") ? "module" : "java");
    }
  }

  @Test
  void javaHasTheTurnWhereModulesAreOff() {
    try (ActorFixture fixture =
        new ActorFixture(
            WasmRuntime.builder().engine("jvm").enabled(false),
            builder -> builder.type(type("tally")))) {
      count(fixture);

      assertThat(behavior(fixture)).isEqualTo("java");
    }
  }

  @Test
  void withoutJavaTheReasonIsTold() {
    try (ActorFixture fixture =
        ActorFixture.of(builder -> builder.type(WasmActorType.ofModule("counter", "missing")))) {
      assertThatThrownBy(() -> fixture.actors.spawn("counter", "1", null))
          .isInstanceOfSatisfying(
              WasmException.class,
              failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.NOT_FOUND));
    }
  }

  @Test
  void aModuleThatIsNoBehaviourIsTold() throws IOException {
    Path empty = Files.write(this.directory.resolve("other.wasm"), EMPTY_MODULE);
    try (ActorFixture fixture =
        new ActorFixture(
            WasmRuntime.builder()
                .engine("jvm")
                .module(
                    WasmModuleDescriptor.builder("other")
                        .location(empty.toUri().toString())
                        .build()),
            builder -> builder)) {
      assertThatThrownBy(() -> fixture.actors.spawn("other", "1", null))
          .isInstanceOf(WasmException.class)
          .hasMessageContaining("a behaviour of actors exports init and receive");
      assertThat(fixture.runtime().manager().registry().versions("other.actor")).isEmpty();
    }
  }
}
