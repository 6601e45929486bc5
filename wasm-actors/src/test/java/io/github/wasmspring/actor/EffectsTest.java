package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What behaviours want done, said by a module. */
class EffectsTest {

  private final LinkedBlockingQueue<WasmActorMessage> heard = new LinkedBlockingQueue<>();
  private final ActorFixture fixture = ActorFixture.create();
  private WasmActorRef tally = new WasmActorRef("tally", "1");

  @BeforeEach
  void spawn() {
    this.tally = this.fixture.actors.spawn("tally", "1", null);
    this.fixture.actors.register(
        WasmActorType.ofJava(
            "ear",
            () ->
                message -> {
                  this.heard.add(message);
                  return message.name().equals("stop") ? List.of(new WasmEffect.Stop()) : List.of();
                }));
  }

  @AfterEach
  void close() {
    this.fixture.close();
  }

  private void effects(Map<?, ?>... effects) {
    ActorFixture.get(
        this.fixture.actors.ask(
            this.tally, "effects", Map.of("effects", List.of(effects)), Object.class));
  }

  private WasmActorMessage hear() throws InterruptedException {
    WasmActorMessage message = this.heard.poll(20, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  @Test
  void sendsAndSpawns() throws Exception {
    effects(
        Map.of("do", "spawn", "actor", "ear/a", "config", Map.of()),
        Map.of("do", "spawn", "actor", "ear/a"),
        Map.of("do", "send", "to", "ear/a", "message", "hello", "body", List.of(1, 2)));

    WasmActorMessage message = hear();
    assertThat(message.name()).isEqualTo("hello");
    assertThat(message.json()).isEqualTo("[1,2]");
    assertThat(message.sender()).isEqualTo(this.tally);
    assertThat(message.kind()).isEqualTo(WasmActorMessageKind.TELL);
  }

  @Test
  void sendsToNobodyAreDeadLetters() {
    effects(Map.of("do", "send", "to", "ear/none", "message", "hello"));

    assertThat(this.fixture.actors.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.to()).hasToString("ear/none");
              assertThat(letter.sender()).isEqualTo(this.tally);
            });
  }

  @Test
  void stops() {
    CompletableFuture<WasmActorEnd> end = this.fixture.actors.watch(this.tally);
    effects(Map.of("do", "stop"));

    assertThat(ActorFixture.get(end).reason()).isEqualTo(WasmActorEnd.Reason.STOPPED_ITSELF);
  }

  @Test
  void timersRunOnceOrAgainAndAgainAndAreCancelled() {
    effects(
        Map.of("do", "timer", "name", "once", "after", 1, "message", "add", "body", 100),
        Map.of("do", "timer", "name", "often", "every", 1, "message", "add", "body", 1));
    ActorFixture.await(() -> this.fixture.ask(this.tally, "count", null) > 103);
    effects(Map.of("do", "cancel-timer", "name", "often"));
    long count = this.fixture.ask(this.tally, "count", null);
    effects(Map.of("do", "timer", "name", "last", "after", 20, "message", "add", "body", 1000));
    ActorFixture.await(() -> this.fixture.ask(this.tally, "count", null) >= 1000);

    assertThat(this.fixture.ask(this.tally, "count", null)).isEqualTo(count + 1000);
  }

  @Test
  void timersEndWithACrash() {
    effects(Map.of("do", "timer", "name", "often", "every", 1, "message", "add", "body", 1));
    ActorFixture.await(() -> this.fixture.ask(this.tally, "count", null) > 1);
    this.fixture.fails(this.tally, "trap", null);
    effects(Map.of("do", "timer", "name", "last", "after", 20, "message", "add", "body", 1000));
    ActorFixture.await(() -> this.fixture.ask(this.tally, "count", null) >= 1000);

    assertThat(this.fixture.ask(this.tally, "count", null)).isEqualTo(1000);
  }

  @Test
  void watchersAreToldHowAnActorEnded() throws Exception {
    WasmActorRef ear = this.fixture.actors.spawn("ear", "a", null);
    this.fixture.actors.register(
        WasmActorType.ofJava(
            "watcher",
            () ->
                new WasmBehavior() {
                  @Override
                  public List<WasmEffect> init(WasmActorStart start) {
                    return List.of(
                        new WasmEffect.Watch(ear),
                        new WasmEffect.Watch(new WasmActorRef("ear", "none")));
                  }

                  @Override
                  public List<WasmEffect> receive(WasmActorMessage message) {
                    EffectsTest.this.heard.add(message);
                    return List.of();
                  }
                }));
    this.fixture.actors.spawn("watcher", "1", null);
    WasmActorMessage none = hear();
    assertThat(none.kind()).isEqualTo(WasmActorMessageKind.TERMINATED);
    assertThat(none.sender()).hasToString("ear/none");
    assertThat(none.json()).contains("no_actor");
    this.fixture.actors.tell(ear, "stop", null);
    assertThat(hear().name()).isEqualTo("stop");

    WasmActorMessage ended = hear();
    assertThat(ended.sender()).isEqualTo(ear);
    assertThat(ended.json()).contains("stopped_itself");
  }

  @Test
  void topicsReachThoseWhoHaveSubscribed() throws Exception {
    this.fixture.actors.register(
        WasmActorType.ofJava(
            "subscriber",
            () ->
                new WasmBehavior() {
                  @Override
                  public List<WasmEffect> init(WasmActorStart start) {
                    return List.of(new WasmEffect.Subscribe("news"));
                  }

                  @Override
                  public List<WasmEffect> receive(WasmActorMessage message) {
                    EffectsTest.this.heard.add(message);
                    return message.json().equals("\"last\"")
                        ? List.of(new WasmEffect.Unsubscribe("news"))
                        : List.of();
                  }
                }));
    WasmActorRef subscriber = this.fixture.actors.spawn("subscriber", "1", null);
    ActorFixture.await(
        () ->
            this.fixture.actors.status(subscriber).orElseThrow().state()
                == WasmActorStatus.State.LIVE);
    // It has subscribed when it has dealt with another message.
    this.fixture.actors.ask(subscriber, "hello", null, Object.class).get(20, TimeUnit.SECONDS);
    assertThat(hear().name()).isEqualTo("hello");
    effects(
        Map.of("do", "publish", "topic", "news", "body", "first"),
        Map.of("do", "publish", "topic", "other", "body", "not heard"));
    WasmActorMessage first = hear();
    assertThat(first.kind()).isEqualTo(WasmActorMessageKind.PUBLISHED);
    assertThat(first.name()).isEqualTo("news");
    assertThat(first.body(String.class)).isEqualTo("first");
    this.fixture.actors.publish("news", "last");
    assertThat(hear().body(String.class)).isEqualTo("last");
    this.fixture.actors.ask(subscriber, "hello", null, Object.class).get(20, TimeUnit.SECONDS);
    hear();
    this.fixture.actors.publish("news", "nobody hears");
    this.fixture.actors.ask(subscriber, "end", null, Object.class).get(20, TimeUnit.SECONDS);

    assertThat(hear().name()).isEqualTo("end");
  }

  @Test
  void whatIsPutAsideComesBackInItsOrder() {
    List<String> seen = new ArrayList<>();
    this.fixture.actors.register(
        WasmActorType.ofJava(
                "door",
                () ->
                    new WasmBehavior() {
                      private boolean open;

                      @Override
                      public List<WasmEffect> receive(WasmActorMessage message) {
                        if (message.name().equals("open")) {
                          this.open = true;
                          return List.of(new WasmEffect.Unstash());
                        }
                        if (!this.open) {
                          return List.of(new WasmEffect.Stash());
                        }
                        seen.add(message.name());
                        return List.of(new WasmEffect.Reply(message.name()));
                      }
                    })
            .with(settings -> settings.stash(2)));
    WasmActorRef door = this.fixture.actors.spawn("door", "1", null);
    CompletableFuture<String> one = this.fixture.actors.ask(door, "one", null, String.class);
    CompletableFuture<String> two = this.fixture.actors.ask(door, "two", null, String.class);
    WasmException full = this.fixture.fails(door, "three", null);
    assertThat(full).hasMessageContaining("put more messages aside than it may");
    this.fixture.actors.tell(door, "open", null);
    CompletableFuture<String> four = this.fixture.actors.ask(door, "four", null, String.class);

    assertThat(ActorFixture.get(four)).isEqualTo("four");
    assertThat(ActorFixture.get(one)).isEqualTo("one");
    assertThat(ActorFixture.get(two)).isEqualTo("two");
    assertThat(seen).containsExactly("one", "two", "four");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "[]",
        "{\"protocol\":2,\"effects\":[]}",
        "{\"effects\":7}",
        "{\"effects\":[7]}",
        "{\"effects\":[{\"do\":\"fly\"}]}",
        "{\"effects\":[{\"do\":\"send\",\"to\":\"nobody\",\"message\":\"a\"}]}",
        "{\"effects\":[{\"do\":\"send\",\"to\":\"ear/a\"}]}",
        "{\"effects\":[{\"do\":\"timer\",\"name\":\"t\",\"after\":0,\"message\":\"a\"}]}",
        "{\"effects\":[{\"do\":\"timer\",\"name\":\"t\",\"after\":1e300,\"message\":\"a\"}]}",
        "{\"effects\":[{\"do\":\"reply\",\"body\":1},{\"do\":\"spawn\",\"actor\":\"none/1\"}]}"
      })
  void whatCanNotBeDoneIsACrashAndNothingOfItHappens(String answer) {
    Object body = tools.jackson.databind.json.JsonMapper.shared().readTree(answer);

    WasmException failure = this.fixture.fails(this.tally, "effects", body);

    assertThat(failure.category()).isIn(WasmErrorCategory.TRAP, WasmErrorCategory.NOT_FOUND);
    ActorFixture.await(() -> this.fixture.actors.status(this.tally).orElseThrow().restarts() == 1);
    assertThat(this.fixture.ask(this.tally, "messages", null)).isEqualTo(1);
  }

  @Test
  void tooManyTimersAreACrash() {
    List<Object> timers = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      timers.add(Map.of("do", "timer", "name", "t" + i, "after", 1000, "message", "a"));
    }

    assertThat(this.fixture.fails(this.tally, "effects", Map.of("effects", timers)))
        .hasMessageContaining("more than 100 timers");
  }

  @Test
  void aTimerOfNoTimeIsACrash() {
    this.fixture.actors.register(
        WasmActorType.ofJava(
            "hurry",
            () ->
                message ->
                    List.of(new WasmEffect.Timer("t", Duration.ofNanos(1), null, "again", null))));
    WasmActorRef hurry = this.fixture.actors.spawn("hurry", "1", null);

    assertThat(this.fixture.fails(hurry, "go", null))
        .hasMessageContaining("less than a millisecond");
  }
}
