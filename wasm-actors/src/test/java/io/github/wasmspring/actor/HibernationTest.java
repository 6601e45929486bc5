package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More actors than instances. */
class HibernationTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"jvm, false", "jvm, true", "chicory, false"})
  void actorsThatSleepKnowWhatTheyKnew(String engine, boolean onDisk) {
    Random random = new Random(18);
    long[] counts = new long[300];
    List<WasmActorRef> tallies = new ArrayList<>();
    try (ActorFixture fixture =
        new ActorFixture(
            WasmRuntime.builder().engine(engine),
            builder -> builder.maxLive(7).hibernateDirectory(onDisk ? this.directory : null))) {
      for (int i = 0; i < counts.length; i++) {
        tallies.add(fixture.actors.spawn("tally", "" + i, Map.of("start", i)));
        counts[i] = i;
      }
      for (int round = 0; round < 2000; round++) {
        int chosen = random.nextInt(counts.length);
        int more = random.nextInt(1000);
        counts[chosen] += more;
        assertThat(fixture.ask(tallies.get(chosen), "add", more)).isEqualTo(counts[chosen]);
      }
      WasmActorsStats stats = fixture.actors.stats();
      assertThat(stats.live()).isLessThanOrEqualTo(7);
      assertThat(stats.hibernated()).isEqualTo(counts.length - stats.live());
      assertThat(stats.storedBytes()).isBetween(counts.length * 10L, counts.length * 4096L);
      assertThat(stats.wakes()).isGreaterThan(1000);
      assertThat(stats.restarts()).isZero();
    }
    assertThat(this.directory).isEmptyDirectory();
  }

  @Test
  void idleActorsFallAsleepByThemselves() {
    try (ActorFixture fixture =
        ActorFixture.of(builder -> builder.hibernateAfter(Duration.ofMillis(20)))) {
      WasmActorRef tally = fixture.actors.spawn("tally", "1", null);
      fixture.ask(tally, "add", 5);
      ActorFixture.await(
          () ->
              fixture.actors.status(tally).orElseThrow().state()
                  == WasmActorStatus.State.HIBERNATED);
      ActorFixture.await(() -> fixture.actors.stats().live() == 0);

      assertThat(fixture.actors.status(tally).orElseThrow().storedBytes()).isPositive();
      assertThat(fixture.ask(tally, "count", null)).isEqualTo(5);
      assertThat(fixture.actors.stats().storedBytes()).isZero();
    }
  }

  @Test
  void whoSleepsIsStoppedAndRestartedAsOthersAre() {
    try (ActorFixture fixture = ActorFixture.create()) {
      WasmActorRef tally = fixture.actors.spawn("tally", "1", Map.of("start", 2));
      fixture.ask(tally, "add", 5);
      assertThat(fixture.actors.hibernate(tally)).isTrue();
      assertThat(fixture.actors.hibernate(tally)).isTrue();
      fixture.fails(tally, "trap", null);
      assertThat(fixture.ask(tally, "count", null)).isEqualTo(2);
      assertThat(fixture.actors.hibernate(tally)).isTrue();
      ActorFixture.get(fixture.actors.stop(tally));

      assertThat(fixture.actors.stats().storedBytes()).isZero();
      assertThat(fixture.actors.stats().hibernated()).isZero();
      assertThat(fixture.actors.hibernate(tally)).isFalse();
    }
  }

  @Test
  void timersWakeWhoSleeps() {
    try (ActorFixture fixture = ActorFixture.create()) {
      WasmActorRef tally =
          fixture.actors.spawn(
              "tally",
              "1",
              Map.of(
                  "effects",
                  Map.of(
                      "effects",
                      List.of(
                          Map.of(
                              "do", "timer", "name", "t", "after", 50, "message", "add", "body",
                              9)))));
      ActorFixture.await(() -> fixture.actors.hibernate(tally));
      ActorFixture.await(() -> fixture.actors.stats().wakes() > 0);

      assertThat(fixture.ask(tally, "count", null)).isEqualTo(9);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4L << 20, 8L << 20})
  void whereMemoryIsShortOthersSleep(long budget) {
    try (ActorFixture fixture =
        new ActorFixture(
            WasmRuntime.builder().engine("jvm").memoryBudget(budget), builder -> builder)) {
      List<CompletableFuture<Long>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        WasmActorRef tally = fixture.actors.spawn("tally", "" + i, Map.of("start", i));
        answers.add(fixture.actors.ask(tally, "add", 1, Long.class, Duration.ofMinutes(1)));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(ActorFixture.get(answers.get(i))).isEqualTo(i + 1);
      }
      assertThat(fixture.actors.stats().hibernations()).isPositive();
      assertThat(fixture.actors.stats().restarts()).isZero();
    }
  }

  @Test
  void oneInstanceIsEnoughForAll() {
    try (ActorFixture fixture = ActorFixture.of(builder -> builder.maxLive(1).threads(4))) {
      List<CompletableFuture<Long>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        fixture.actors.spawn("tally", "" + i, null);
      }
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 20; i++) {
          answers.add(
              fixture.actors.ask(
                  new WasmActorRef("tally", "" + i), "add", 1, Long.class, Duration.ofMinutes(1)));
        }
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(ActorFixture.get(answers.get(i))).isEqualTo(i / 20 + 1);
      }
    }
  }

  @Test
  void theFileUsesPlacesAgain() throws IOException {
    Random random = new Random(3);
    try (StateFile file = StateFile.in(this.directory)) {
      byte[][] kept = new byte[50][];
      long[] places = new long[50];
      for (int round = 0; round < 5000; round++) {
        int chosen = random.nextInt(kept.length);
        if (kept[chosen] != null) {
          assertThat(file.read(places[chosen], kept[chosen].length)).isEqualTo(kept[chosen]);
          file.free(places[chosen], kept[chosen].length);
        }
        kept[chosen] = new byte[1 + random.nextInt(3000)];
        random.nextBytes(kept[chosen]);
        places[chosen] = file.write(kept[chosen]);
      }
      assertThat(file.size()).isLessThan(1 << 20);
    }
    assertThat(this.directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatIsNoneStopsTheStart() throws IOException {
    Path file = Files.createFile(this.directory.resolve("file"));

    assertThatThrownBy(
            () -> ActorFixture.of(builder -> builder.hibernateDirectory(file.resolve("below"))))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("hibernate-directory");
  }

  @Test
  void busyInstancesAreNotTaken() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    try (ActorFixture fixture = ActorFixture.of(builder -> builder.maxLive(2))) {
      fixture.actors.register(
          WasmActorType.ofJava(
              "slow",
              () ->
                  message -> {
                    go.await();
                    return List.of();
                  }));
      WasmActorRef slow = fixture.actors.spawn("slow", "1", null);
      fixture.actors.tell(slow, "wait", null);

      assertThat(fixture.actors.hibernate(slow)).isFalse();
      go.countDown();
    }
  }
}
