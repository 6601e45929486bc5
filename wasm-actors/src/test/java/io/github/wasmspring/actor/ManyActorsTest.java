package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Far more actors than instances. {@code -Dwasm.actors.many} says how many. */
@Tag("once")
class ManyActorsTest {

  private static final int ACTORS = Integer.getInteger("wasm.actors.many", 10_000);

  @Test
  void eachKnowsItsOwnNumber() {
    try (ActorFixture fixture = ActorFixture.of(builder -> builder.maxLive(100))) {
      for (int i = 0; i < ACTORS; i++) {
        fixture.actors.spawn("tally", "" + i, Map.of("start", i));
      }
      for (int round = 1; round <= 2; round++) {
        List<CompletableFuture<Long>> answers = new ArrayList<>(ACTORS);
        for (int i = 0; i < ACTORS; i++) {
          answers.add(
              fixture.actors.ask(
                  new WasmActorRef("tally", "" + i), "add", 1, Long.class, Duration.ofMinutes(5)));
        }
        for (int i = 0; i < ACTORS; i++) {
          assertThat(answers.get(i).join()).isEqualTo(i + round);
        }
      }
      WasmActorsStats stats = fixture.actors.stats();
      assertThat(stats.actors()).isEqualTo(ACTORS);
      assertThat(stats.live()).isLessThanOrEqualTo(100);
      assertThat(stats.hibernated()).isEqualTo(ACTORS - stats.live());
      assertThat(stats.restarts()).isZero();
      assertThat(stats.deadLetters()).isZero();
    }
  }
}
