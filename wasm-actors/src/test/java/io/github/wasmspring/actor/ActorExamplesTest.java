package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the documentation shows. */
class ActorExamplesTest {

  @WasmActor("tally")
  interface Tally {

    void add(int number); // tells, and waits for nothing

    CompletableFuture<Long> count(); // asks
  }

  @Test
  void anActor() {
    try (WasmRuntime runtime = WasmRuntime.builder().module(ActorFixture.tally()).build();
        WasmActors actors = WasmActors.builder(runtime.manager()).build()) {
      Tally apples = actors.spawn(Tally.class, "apples", Map.of("start", 40));
      apples.add(2);
      assertThat(apples.count().join()).isEqualTo(42);
    }
  }

  /** A behaviour in Java. */
  static final class Greeter implements WasmBehavior {

    @Override
    public List<WasmEffect> receive(WasmActorMessage message) {
      return switch (message.name()) {
        case "greet" -> List.of(new WasmEffect.Reply("Hello " + message.body(String.class)));
        case "remind" ->
            List.of(
                new WasmEffect.Timer("reminder", Duration.ofSeconds(1), null, "greet", "again"));
        default -> List.of();
      };
    }
  }

  @Test
  void aBehaviourInJava() {
    try (WasmRuntime runtime = WasmRuntime.create();
        WasmActors actors =
            WasmActors.builder(runtime.manager())
                .type(WasmActorType.ofJava("greeter", Greeter::new))
                .build()) {
      WasmActorRef greeter = actors.spawn("greeter", "1", null);
      String reply = actors.ask(greeter, "greet", "world", String.class).join();
      assertThat(reply).isEqualTo("Hello world");
    }
  }

  @Test
  void aTree() {
    try (WasmRuntime runtime = WasmRuntime.builder().module(ActorFixture.tally()).build();
        WasmActors actors = WasmActors.builder(runtime.manager()).build()) {
      actors.supervise(
          WasmSupervisor.named("shop")
              .strategy(WasmSupervisionStrategy.REST_FOR_ONE)
              .restarts(3, Duration.ofSeconds(10))
              .actor("tally", "stock", Map.of("start", 100))
              .supervisor("tills", tills -> tills.actor("tally", "till-1", null))
              .build());
      assertThat(actors.status(new WasmActorRef("tally", "till-1")).orElseThrow().supervisor())
          .isEqualTo("/shop/tills");
    }
  }
}
