package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Actors whose behaviour is a module, one by one. */
class WasmActorsTest {

  private ActorFixture fixture = ActorFixture.create();

  @AfterEach
  void close() {
    this.fixture.close();
  }

  private void with(UnaryOperator<WasmActorsBuilder> change) {
    this.fixture.close();
    this.fixture = ActorFixture.of(change);
  }

  private WasmActors actors() {
    return this.fixture.actors;
  }

  private WasmActorRef tally(String id, Object config) {
    return actors().spawn("tally", id, config);
  }

  @WasmActor("tally")
  interface Tally {

    void add(int number);

    long count();

    CompletableFuture<Long> messages();

    Mono<Map<String, Integer>> echo(int left, int right);

    default long counted() {
      return count();
    }
  }

  @Test
  void messagesAreMethodsOfAnInterface() throws Exception {
    Tally tally = actors().spawn(Tally.class, "1", Map.of("start", 40));
    tally.add(2);

    assertThat(tally.count()).isEqualTo(42);
    assertThat(tally.counted()).isEqualTo(42);
    assertThat(tally.messages().get(5, TimeUnit.SECONDS)).isEqualTo(4);
    assertThat(tally.echo(1, 2).block()).isEqualTo(Map.of("left", 1, "right", 2));
    assertThat(tally).hasToString("actor tally/1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "chicory"})
  void stateIsTheActorsOwn(String engine) {
    try (ActorFixture own =
        new ActorFixture(WasmRuntime.builder().engine(engine), builder -> builder)) {
      WasmActorRef one = own.actors.spawn("tally", "1", null);
      WasmActorRef two = own.actors.spawn("tally", "2", Map.of("start", 10));
      own.actors.tell(one, "add", 5);

      assertThat(own.ask(one, "count", null)).isEqualTo(5);
      assertThat(own.ask(two, "count", null)).isEqualTo(10);
    }
  }

  @Test
  void messagesOfOneThreadArriveInOrder() {
    WasmActorRef tally = tally("1", null);
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(actors().ask(tally, "add", 1, Long.class));
    }
    for (int i = 0; i < 500; i++) {
      assertThat(ActorFixture.get(answers.get(i))).isEqualTo(i + 1);
    }
  }

  @Test
  void whatTheBehaviourRefusesIsNoCrash() {
    WasmActorRef tally = tally("1", Map.of("start", 1));

    WasmException failure = this.fixture.fails(tally, "refuse", null);

    assertThat(failure.category()).isEqualTo(WasmErrorCategory.OPERATION);
    assertThat(failure).hasMessageContaining("the tally is closed");
    assertThat(this.fixture.ask(tally, "count", null)).isEqualTo(1);
    assertThat(actors().status(tally).orElseThrow().restarts()).isZero();
  }

  @Test
  void aCrashIsClassifiedAndTheNextMessageFindsANewInstance() {
    WasmActorRef tally = tally("1", Map.of("start", 7));
    this.fixture.ask(tally, "add", 1);

    WasmException failure = this.fixture.fails(tally, "trap", null);

    assertThat(failure.category()).isEqualTo(WasmErrorCategory.TRAP);
    assertThat(failure.operation()).isEqualTo("receive");
    assertThat(failure.module()).isEqualTo("tally.actor");
    assertThat(this.fixture.ask(tally, "count", null)).isEqualTo(7);
    WasmActorStatus status = actors().status(tally).orElseThrow();
    assertThat(status.restarts()).isEqualTo(1);
    assertThat(status.lastFailure()).contains("tally.actor");
    assertThat(actors().deadLetters())
        .extracting(WasmActorDeadLetter::reason)
        .containsExactly(WasmActorDeadLetter.Reason.CRASHED);
  }

  @Test
  void anEndlessMessageIsStopped() {
    with(
        builder ->
            builder.type(
                WasmActorType.ofModule("tally")
                    .with(settings -> settings.messageTimeout(Duration.ofMillis(500)))));
    WasmActorRef tally = tally("1", null);

    assertThat(this.fixture.fails(tally, "loop", null).category())
        .isEqualTo(WasmErrorCategory.TIMEOUT);
    assertThat(this.fixture.ask(tally, "count", null)).isZero();
  }

  @Test
  void memoryIsLimited() {
    with(
        builder ->
            builder.type(
                WasmActorType.ofModule("tally").with(settings -> settings.memory(4L << 20))));
    WasmActorRef tally = tally("1", null);

    assertThat(this.fixture.fails(tally, "hoard", null).category())
        .isIn(WasmErrorCategory.TRAP, WasmErrorCategory.MEMORY_LIMIT);
    assertThat(this.fixture.ask(tally, "count", null)).isZero();
  }

  @Test
  void anAnswerOutsideOfTheMemoryIsACrash() {
    WasmActorRef tally = tally("1", null);

    assertThat(this.fixture.fails(tally, "outside", null).category())
        .isEqualTo(WasmErrorCategory.TRAP);
    assertThat(this.fixture.ask(tally, "count", null)).isZero();
  }

  @Test
  void whoCrashesTooOftenEnds() {
    WasmActorRef tally = tally("1", null);
    CompletableFuture<WasmActorEnd> end = actors().watch(tally);
    for (int i = 0; i < 4; i++) {
      this.fixture.fails(tally, "trap", null);
    }

    WasmActorEnd ended = ActorFixture.get(end);
    assertThat(ended.reason()).isEqualTo(WasmActorEnd.Reason.CRASHED);
    assertThat(ended.failure()).isNotNull();
    WasmException failure = this.fixture.fails(tally, "count", null);
    assertThat(failure.category()).isEqualTo(WasmErrorCategory.NOT_FOUND);
    assertThat(failure).hasMessageContaining("no actor tally/1");
  }

  @Test
  void whoCanNotBeginEnds() {
    WasmActorRef tally = tally("1", Map.of("broken", true));

    WasmActorEnd ended = ActorFixture.get(actors().watch(tally));

    assertThat(ended.reason()).isIn(WasmActorEnd.Reason.CRASHED, WasmActorEnd.Reason.NO_ACTOR);
    ActorFixture.await(() -> actors().stats().actors() == 0);
    ActorFixture.await(() -> actors().stats().live() == 0);
  }

  @Test
  void aSnapshotOutlivesACrash() {
    with(
        builder ->
            builder.type(
                WasmActorType.ofModule("tally").with(settings -> settings.snapshotEvery(1))));
    WasmActorRef tally = tally("1", null);
    assertThat(this.fixture.ask(tally, "add", 3)).isEqualTo(3);
    this.fixture.fails(tally, "trap", null);

    assertThat(this.fixture.ask(tally, "count", null)).isEqualTo(3);
  }

  @Test
  void whoIsStoppedEndsAndLeavesDeadLetters() {
    WasmActorRef tally = tally("1", null);
    this.fixture.ask(tally, "count", null);

    assertThat(ActorFixture.get(actors().stop(tally)).reason())
        .isEqualTo(WasmActorEnd.Reason.STOPPED);
    actors().tell(tally, "add", 1);

    assertThat(actors().deadLetters())
        .extracting(WasmActorDeadLetter::reason)
        .containsExactly(WasmActorDeadLetter.Reason.NO_ACTOR);
    assertThat(actors().spawn("tally", "1", null)).isEqualTo(tally);
    assertThat(this.fixture.ask(tally, "count", null)).isZero();
  }

  @Test
  void messagesThatWaitWhenTheirActorEndsAreDeadLettersAndFailedAnswers() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    actors()
        .register(
            WasmActorType.ofJava(
                "slow",
                () ->
                    message -> {
                      busy.countDown();
                      go.await();
                      return List.of();
                    }));
    WasmActorRef slow = actors().spawn("slow", "1", null);
    actors().tell(slow, "first", null);
    busy.await();
    CompletableFuture<Object> second = actors().ask(slow, "second", null, Object.class);
    CompletableFuture<WasmActorEnd> end = actors().stop(slow);
    // What comes later has happened, so the actor knows that it is to end.
    this.fixture.ask(tally("later", null), "count", null);
    assertThat(end).isNotDone();
    go.countDown();
    ActorFixture.get(end);

    assertThatThrownBy(() -> ActorFixture.get(second)).isInstanceOf(WasmException.class);
    ActorFixture.await(() -> actors().stats().waiting() == 0);
  }

  @Test
  void aFullMailboxIsToldToTheSender() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    actors()
        .register(
            WasmActorType.ofJava(
                    "slow",
                    () ->
                        message -> {
                          go.await();
                          return List.of();
                        })
                .with(settings -> settings.mailbox(2)));
    WasmActorRef slow = actors().spawn("slow", "1", null);
    actors().tell(slow, "a", null);
    actors().tell(slow, "b", null);

    assertThatExceptionOfType(WasmException.class)
        .isThrownBy(() -> actors().tell(slow, "c", null))
        .withMessageContaining("mailbox of the actor slow/1 is full")
        .satisfies(failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.REJECTED));
    assertThat(this.fixture.fails(slow, "d", null).category())
        .isEqualTo(WasmErrorCategory.REJECTED);
    go.countDown();
    ActorFixture.await(() -> actors().status(slow).orElseThrow().waiting() == 0);
    actors().tell(slow, "e", null);
  }

  @Test
  void aFullMailboxMayDropWhatComes() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    actors()
        .register(
            WasmActorType.ofJava(
                    "slow",
                    () ->
                        message -> {
                          go.await();
                          return List.of();
                        })
                .with(settings -> settings.mailbox(1).mailboxPolicy(WasmMailboxPolicy.DROP)));
    List<WasmActorDeadLetter> heard = new ArrayList<>();
    Runnable remove = actors().onDeadLetter(heard::add);
    WasmActorRef slow = actors().spawn("slow", "1", null);
    actors().tell(slow, "a", null);
    actors().tell(slow, "b", null);
    remove.run();
    actors().tell(slow, "c", null);

    assertThat(heard).extracting(WasmActorDeadLetter::message).containsExactly("b");
    assertThat(actors().stats().deadLetters()).isEqualTo(2);
    go.countDown();
  }

  @Test
  void aNameIsTakenOnce() {
    tally("1", null);

    assertThatThrownBy(() -> tally("1", null))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("there is an actor tally/1 already");
    assertThat(actors().spawnIfAbsent("tally", "1", null)).isNotNull();
  }

  @Test
  void thereAreNoMoreActorsThanThereMayBe() {
    with(builder -> builder.maxActors(2));
    tally("1", null);
    tally("2", null);

    assertThatThrownBy(() -> tally("3", null))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("max-actors");
  }

  @Test
  void anUnknownTypeIsToldWithWhatThereIs() {
    tally("1", null);

    assertThatThrownBy(() -> actors().spawn("taly", "1", null))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("neither an actor type nor a module 'taly'")
        .hasMessageContaining("types are tally");
  }

  @Test
  void namesOfActorsAreChecked() {
    assertThatThrownBy(() -> new WasmActorRef("a/b", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WasmActorRef("a", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WasmActorRef("a", "line\nbreak"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(WasmActorRef.parse("a/b/c")).isEqualTo(new WasmActorRef("a", "b/c"));
  }

  @Test
  void aReplyOfAnotherTypeIsTold() {
    WasmActorRef tally = tally("1", null);

    assertThatThrownBy(() -> ActorFixture.get(actors().ask(tally, "count", null, Map.class)))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("is no java.util.Map");
  }

  @Test
  void whoWaitsTooLongIsTold() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    actors()
        .register(
            WasmActorType.ofJava(
                "slow",
                () ->
                    message -> {
                      go.await();
                      return List.of();
                    }));
    WasmActorRef slow = actors().spawn("slow", "1", null);

    assertThatThrownBy(
            () ->
                ActorFixture.get(
                    actors().ask(slow, "a", null, Object.class, Duration.ofMillis(20))))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("has not replied within 20 ms");
    go.countDown();
  }

  @Test
  void theSystemEndsInPeace() {
    WasmActorRef tally = tally("1", null);
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(actors().ask(tally, "add", 1, Long.class));
    }
    actors().close();

    assertThat(ActorFixture.get(answers.get(199))).isEqualTo(200);
    assertThatThrownBy(() -> actors().tell(tally, "add", 1)).isInstanceOf(WasmException.class);
    assertThat(this.fixture.runtime().manager().registry().versions("tally.actor")).isEmpty();
    assertThat(this.fixture.runtime().usedMemory()).isZero();
  }
}
