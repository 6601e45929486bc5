package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One message of a hundred traps, loops or overruns the memory. Every message gets one answer, in
 * the order of its actor, and what was acknowledged is never lost. {@code -Dwasm.actors.crash} says
 * how many messages.
 */
@Tag("once")
class LetItCrashTest {

  private static final int MESSAGES = Integer.getInteger("wasm.actors.crash", 100_000);
  private static final int ACTORS = 200;

  /** Answers that are awaited at a time. */
  private static final int WINDOW = 2000;

  /**
   * A message that is under way.
   *
   * @param number what was added, 0 for one that crashes
   */
  private record Sent(int actor, int number, CompletableFuture<Long> answer) {}

  private final long[] expected = new long[ACTORS];
  private final Map<WasmErrorCategory, Integer> failures = new EnumMap<>(WasmErrorCategory.class);
  private int answered;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    Random random = new Random(18);
    try (ActorFixture fixture =
        ActorFixture.of(
            builder ->
                builder
                    .maxLive(50)
                    .type(
                        WasmActorType.ofModule("tally")
                            .with(
                                settings ->
                                    settings
                                        .snapshotEvery(1)
                                        .mailbox(WINDOW)
                                        .restarts(Integer.MAX_VALUE, Duration.ofSeconds(1))
                                        .messageTimeout(Duration.ofMillis(500))
                                        .memory(2L << 20))))) {
      for (int i = 0; i < ACTORS; i++) {
        fixture.actors.spawn("tally", "" + i, null);
      }
      Deque<Sent> sent = new ArrayDeque<>();
      for (int i = 0; i < MESSAGES; i++) {
        sent.addLast(send(fixture, random));
        if (sent.size() == WINDOW) {
          check(sent.pollFirst());
        }
      }
      while (!sent.isEmpty()) {
        check(sent.pollFirst());
      }
      for (int i = 0; i < ACTORS; i++) {
        assertThat(fixture.ask(new WasmActorRef("tally", "" + i), "count", null))
            .isEqualTo(this.expected[i]);
      }
      WasmActorsStats stats = fixture.actors.stats();
      int crashed = this.failures.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(this.answered + crashed).isEqualTo(MESSAGES);
      assertThat(stats.restarts()).isEqualTo(crashed);
      assertThat(crashed).isBetween(MESSAGES / 200, MESSAGES / 50);
      assertThat(this.failures).containsKeys(WasmErrorCategory.TRAP, WasmErrorCategory.TIMEOUT);
      assertThat(stats.live()).isLessThanOrEqualTo(50);
    }
  }

  private static Sent send(ActorFixture fixture, Random random) {
    int actor = random.nextInt(ACTORS);
    WasmActorRef to = new WasmActorRef("tally", "" + actor);
    boolean crash = random.nextInt(100) == 0;
    int number = crash ? 0 : 1 + random.nextInt(9);
    // Loops are the tenth part: each takes its time-out.
    String how = random.nextInt(10) == 0 ? "loop" : random.nextBoolean() ? "trap" : "hoard";
    return new Sent(
        actor,
        number,
        fixture.actors.ask(to, crash ? how : "add", number, Long.class, Duration.ofMinutes(2)));
  }

  /** Answers come in the order of the messages, so each tells the sum of all before. */
  private void check(Sent sent) throws Exception {
    try {
      Long sum = sent.answer().get(2, TimeUnit.MINUTES);
      assertThat(sent.number()).isPositive();
      this.expected[sent.actor()] += sent.number();
      assertThat(sum).isEqualTo(this.expected[sent.actor()]);
      this.answered++;
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(WasmException.class);
      WasmErrorCategory category = ((WasmException) failed.getCause()).category();
      // On a busy machine a good message may be too late, too; then it has not been counted.
      assertThat(sent.number() == 0 || category == WasmErrorCategory.TIMEOUT).isTrue();
      this.failures.merge(category, 1, Integer::sum);
    }
  }
}
