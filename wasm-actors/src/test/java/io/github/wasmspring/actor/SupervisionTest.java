package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What OTP's documentation says of supervisors (Supervision Principles, "supervisor" of stdlib):
 * strategies, intensity, kinds of children, the order of starts and stops, and who is told when a
 * supervisor gives up.
 */
class SupervisionTest {

  private final ActorFixture fixture = ActorFixture.create();
  private final WasmActors actors = this.fixture.actors;

  /** Who began, in order; a restart has a {@code +}. */
  private final List<String> begun = new CopyOnWriteArrayList<>();

  private final CountDownLatch released = new CountDownLatch(1);

  SupervisionTest() {
    this.actors.register(
        WasmActorType.ofJava(
            "child",
            () ->
                new WasmBehavior() {
                  @Override
                  public List<WasmEffect> init(WasmActorStart start) {
                    SupervisionTest.this.begun.add(
                        start.actor().id() + "+".repeat(start.restarts()));
                    String config = start.config(String.class);
                    if ("never".equals(config) || "once".equals(config) && start.restarts() > 0) {
                      throw new IllegalStateException("it does not begin");
                    }
                    return List.of();
                  }

                  @Override
                  public List<WasmEffect> receive(WasmActorMessage message)
                      throws InterruptedException {
                    return switch (message.name()) {
                      case "crash" -> throw new IllegalStateException("it crashes");
                      case "wait" -> {
                        SupervisionTest.this.released.await();
                        yield List.of();
                      }
                      case "end" -> List.of(new WasmEffect.Stop());
                      default -> List.of(new WasmEffect.Reply(message.name()));
                    };
                  }
                }));
  }

  @AfterEach
  void close() {
    this.fixture.close();
  }

  private static WasmActorRef child(String id) {
    return new WasmActorRef("child", id);
  }

  private static WasmSupervisor.Builder abc(String name, WasmSupervisionStrategy strategy) {
    return WasmSupervisor.named(name)
        .strategy(strategy)
        .restarts(10, Duration.ofMinutes(1))
        .actor("child", "a", null)
        .actor("child", "b", null)
        .actor("child", "c", null);
  }

  private void crash(String id) {
    this.fixture.fails(child(id), "crash", null);
  }

  /** Answers, if it runs. */
  private void ping(String... ids) {
    for (String id : ids) {
      assertThat(ActorFixture.get(this.actors.ask(child(id), "ping", null, String.class)))
          .isEqualTo("ping");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ONE_FOR_ONE, a, 'a b c a+'",
    "ONE_FOR_ONE, b, 'a b c b+'",
    "ONE_FOR_ALL, b, 'a b c a+ b+ c+'",
    "REST_FOR_ONE, a, 'a b c a+ b+ c+'",
    "REST_FOR_ONE, b, 'a b c b+ c+'",
    "REST_FOR_ONE, c, 'a b c c+'"
  })
  void whoIsRestartedAndInWhichOrder(
      WasmSupervisionStrategy strategy, String crashing, String expected) {
    this.actors.supervise(abc("tree", strategy).build());
    assertThat(this.begun).containsExactly("a", "b", "c");
    crash(crashing);
    ping("a", "b", "c");
    ActorFixture.await(() -> this.begun.size() == expected.split(" ").length);

    assertThat(this.begun).containsExactly(expected.split(" "));
  }

  @Test
  void childrenAreStoppedInTheOppositeOrder() {
    this.actors.supervise(abc("tree", WasmSupervisionStrategy.ONE_FOR_ONE).build());
    this.actors.tell(child("c"), "wait", null);
    CompletableFuture<?> end = this.actors.stopSupervisor("tree");
    // The last one is busy, so that those before it have not been asked to stop.
    ping("a", "b");
    assertThat(end).isNotDone();
    this.released.countDown();
    ActorFixture.get(end);

    ActorFixture.await(() -> this.actors.stats().actors() == 0);
    this.actors.supervise(abc("tree", WasmSupervisionStrategy.ONE_FOR_ONE).build());
    ping("a", "b", "c");
  }

  @Test
  void withMoreThanTheIntensityTheTreeEnds() {
    this.actors.supervise(
        WasmSupervisor.named("tree")
            .restarts(2, Duration.ofMinutes(1))
            .actor("child", "a", null)
            .actor("child", "b", null)
            .build());
    CompletableFuture<WasmActorEnd> a = this.actors.watch(child("a"));
    CompletableFuture<WasmActorEnd> b = this.actors.watch(child("b"));
    crash("a");
    crash("b");
    ping("a", "b");
    crash("a");

    assertThat(ActorFixture.get(a).reason()).isEqualTo(WasmActorEnd.Reason.CRASHED);
    assertThat(ActorFixture.get(b).reason()).isEqualTo(WasmActorEnd.Reason.STOPPED);
    ActorFixture.await(() -> this.actors.stats().actors() == 0);
  }

  @Test
  void crashesOfLongAgoDoNotCount() throws Exception {
    this.actors.supervise(
        WasmSupervisor.named("tree")
            .restarts(1, Duration.ofMillis(50))
            .actor("child", "a", null)
            .build());
    for (int i = 0; i < 4; i++) {
      crash("a");
      ping("a");
      long over = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
      ActorFixture.await(() -> System.nanoTime() - over > 0);
    }

    assertThat(this.begun).containsExactly("a", "a+", "a++", "a+++", "a++++");
  }

  @Test
  void aSupervisorThatGivesUpIsRestartedByItsOwn() {
    this.actors.supervise(
        WasmSupervisor.named("top")
            .restarts(1, Duration.ofMinutes(1))
            .actor("child", "a", null)
            .supervisor(
                "below",
                below ->
                    below
                        .restarts(0, Duration.ofMinutes(1))
                        .actor("child", "b", null)
                        .actor("child", "c", null))
            .build());
    assertThat(this.actors.status(child("b")).orElseThrow().supervisor()).isEqualTo("/top/below");
    crash("b");
    ping("a", "b", "c");
    assertThat(this.begun).containsExactly("a", "b", "c", "b+", "c+");
    CompletableFuture<WasmActorEnd> end = this.actors.watch(child("a"));
    crash("c");

    assertThat(ActorFixture.get(end).reason()).isEqualTo(WasmActorEnd.Reason.STOPPED);
    ActorFixture.await(() -> this.actors.stats().actors() == 0);
  }

  @Test
  void aSupervisorBelowIsRestartedWithTheOthersWhereAllAre() {
    this.actors.supervise(
        WasmSupervisor.named("top")
            .strategy(WasmSupervisionStrategy.ONE_FOR_ALL)
            .restarts(5, Duration.ofMinutes(1))
            .supervisor("below", below -> below.actor("child", "a", null).actor("child", "b", null))
            .actor("child", "c", null)
            .build());
    crash("c");
    ActorFixture.await(() -> this.begun.size() == 6);
    ping("a", "b", "c");

    assertThat(this.begun).containsExactly("a", "b", "c", "a+", "b+", "c+");
  }

  @ParameterizedTest
  @CsvSource({
    "PERMANENT, crash, true",
    "PERMANENT, end, true",
    "TRANSIENT, crash, true",
    "TRANSIENT, end, false",
    "TEMPORARY, crash, false",
    "TEMPORARY, end, false"
  })
  void whatKindOfChildComesBack(WasmRestartMode mode, String message, boolean comesBack) {
    this.actors.supervise(
        WasmSupervisor.named("tree")
            .restarts(5, Duration.ofMinutes(1))
            .actor("child", "a", null, mode)
            .actor("child", "b", null)
            .build());
    CompletableFuture<WasmActorEnd> end = this.actors.watch(child("a"));
    this.actors.tell(child("a"), message, null);
    if (comesBack) {
      ActorFixture.await(() -> this.begun.size() == 3);
      ping("a", "b");
      assertThat(end).isNotDone();
    } else {
      assertThat(ActorFixture.get(end).reason())
          .isEqualTo(
              message.equals("end")
                  ? WasmActorEnd.Reason.STOPPED_ITSELF
                  : WasmActorEnd.Reason.CRASHED);
      ping("b");
      assertThat(this.begun).containsExactly("a", "b");
    }
  }

  @Test
  void aTemporaryChildThatIsStoppedForOthersDoesNotComeBack() {
    this.actors.supervise(
        WasmSupervisor.named("tree")
            .strategy(WasmSupervisionStrategy.ONE_FOR_ALL)
            .restarts(5, Duration.ofMinutes(1))
            .actor("child", "a", null)
            .actor("child", "b", null, WasmRestartMode.TEMPORARY)
            .build());
    CompletableFuture<WasmActorEnd> end = this.actors.watch(child("b"));
    crash("a");

    ActorFixture.get(end);
    ping("a");
    assertThat(this.begun).containsExactly("a", "b", "a+");
  }

  @Test
  void ifAChildCanNotBeginTheOthersEndAndWhoStartedTheTreeIsTold() {
    assertThatThrownBy(
            () ->
                this.actors.supervise(
                    WasmSupervisor.named("tree")
                        .actor("child", "a", null)
                        .actor("child", "b", "never")
                        .actor("child", "c", null)
                        .build()))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("it does not begin");

    assertThat(this.begun).containsExactly("a", "b");
    ActorFixture.await(() -> this.actors.stats().actors() == 0);
  }

  @Test
  void aChildThatCanNotBeginAgainCountsUntilTheTreeEnds() {
    this.actors.supervise(
        WasmSupervisor.named("tree")
            .restarts(3, Duration.ofMinutes(1))
            .actor("child", "a", "once")
            .build());
    CompletableFuture<WasmActorEnd> end = this.actors.watch(child("a"));
    crash("a");

    assertThat(ActorFixture.get(end).reason()).isEqualTo(WasmActorEnd.Reason.CRASHED);
    assertThat(this.begun).containsExactly("a", "a+", "a++", "a+++");
  }

  @Test
  void whoIsStoppedByHandIsNotRestarted() {
    this.actors.supervise(abc("tree", WasmSupervisionStrategy.ONE_FOR_ALL).build());
    ActorFixture.get(this.actors.stop(child("b")));
    crash("a");
    ping("a", "c");

    assertThat(this.begun).containsExactly("a", "b", "c", "a+", "c+");
  }

  @Test
  void messagesThatWaitSurviveARestart() {
    this.actors.supervise(abc("tree", WasmSupervisionStrategy.ONE_FOR_ALL).build());
    this.actors.tell(child("b"), "crash", null);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(
          this.actors.ask(child("abc".substring(i % 3, i % 3 + 1)), "m" + i, null, String.class));
    }

    for (int i = 0; i < 100; i++) {
      assertThat(ActorFixture.get(answers.get(i))).isEqualTo("m" + i);
    }
  }

  @Test
  void aStormOfCrashesInOneForAllLosesNobody() {
    this.actors.supervise(
        WasmSupervisor.named("tree")
            .strategy(WasmSupervisionStrategy.ONE_FOR_ALL)
            .restarts(10_000, Duration.ofMinutes(1))
            .actor("child", "a", null)
            .actor("child", "b", null)
            .actor("child", "c", null)
            .build());
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String id = "abc".substring(i % 3, i % 3 + 1);
      if (i % 5 == 0) {
        this.actors.tell(child(id), "crash", null);
      } else {
        answers.add(this.actors.ask(child(id), "m" + i, null, String.class));
      }
    }

    answers.forEach(answer -> assertThat(ActorFixture.get(answer)).startsWith("m"));
    ping("a", "b", "c");
  }

  @Test
  void twoTreesOfOneNameOrWithOneActorAreRefused() {
    this.actors.supervise(abc("tree", WasmSupervisionStrategy.ONE_FOR_ONE).build());

    assertThatThrownBy(
            () ->
                this.actors.supervise(
                    WasmSupervisor.named("tree").actor("child", "d", null).build()))
        .hasMessageContaining("there is a supervisor 'tree' already");
    assertThatThrownBy(
            () ->
                this.actors.supervise(
                    WasmSupervisor.named("other").actor("child", "a", null).build()))
        .hasMessageContaining("there is an actor child/a already");
    assertThatThrownBy(
            () ->
                WasmSupervisor.named("x")
                    .actor("child", "d", null)
                    .actor("child", "d", null)
                    .build())
        .hasMessageContaining("two children 'child/d'");
    ping("a", "b", "c");
  }
}
