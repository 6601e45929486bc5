package io.github.wasmspring.channel;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GuestPublishingTest extends ChannelFixture {

  private static final int FULL = -1;
  private static final int NO_ROUTE = -2;
  private static final int NOT_ALLOWED = -3;
  private static final int TOO_LARGE = -5;
  private static final int BAD_TOPIC = -6;
  private static final int CLOSED = -7;

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void oneModuleSplitsAndTheOtherCounts(WasmEngineMode mode) {
    withCounter();
    this.runtime.with(
        publisher("splitter", "words.*")
            .settings(settings -> settings.publish(List.of("words.*")).engineMode(mode)));
    this.channels.add(toCounter());

    int accepted =
        this.runtime
            .manager
            .module("splitter")
            .operation("split")
            .input("the quick brown fox")
            .retrieve(int.class)
            .value();
    this.channels.close();

    assertThat(accepted).isEqualTo(4);
    assertThat(counted("counted")).isEqualTo(4);
    assertThat(counted("letters")).isEqualTo(16);
  }

  @Test
  void theMessageSaysWhoSentIt() throws Exception {
    this.runtime.with(publisher("splitter", "words.*"));
    LinkedBlockingQueue<WasmMessage> seen = new LinkedBlockingQueue<>();
    this.channels.subscribe("all", "#", seen::add);

    publish("splitter", "words.en", "hello");

    WasmMessage message = seen.take();
    assertThat(message.sender()).isEqualTo("splitter");
    assertThat(message.topic()).isEqualTo("words.en");
    assertThat(message.text()).isEqualTo("hello");
    assertThat(message.hops()).isZero();
  }

  @Test
  void aGuestPublishesOnlyToItsTopics() {
    this.runtime.with(publisher("splitter", "words.*", "log"));
    this.channels.subscribe("all", "words.#", message -> {});

    assertThat(publish("splitter", "words.en", "")).isZero();
    assertThat(publish("splitter", "words.en.us", "")).isEqualTo(NOT_ALLOWED);
    assertThat(publish("splitter", "orders", "")).isEqualTo(NOT_ALLOWED);
    assertThat(publish("splitter", "log", "")).isEqualTo(NO_ROUTE);
    assertThat(publish("splitter", "words.*", "")).isEqualTo(BAD_TOPIC);
    assertThat(publish("splitter", "", "")).isEqualTo(BAD_TOPIC);
    assertThat(publish("splitter", "words.ä", "")).isEqualTo(BAD_TOPIC);
    assertThat(publish("splitter", "w".repeat(256), "")).isEqualTo(BAD_TOPIC);
    assertThat(publish("splitter", "words.en", "x".repeat(1025))).isEqualTo(TOO_LARGE);
    assertThat(this.channels.status().refused()).isEqualTo(7);
    assertThat(this.channels.status().unrouted()).isOne();
  }

  @Test
  void aGuestWithoutTopicsDoesNotLink() {
    this.runtime.with(TestRuntime.guest("splitter"));

    assertThat(failure(WasmErrorCategory.LINK, () -> this.runtime.manager.warmUp("splitter")))
        .hasMessageContaining("wasmspring.publish")
        .hasMessageContaining("wasm.modules.splitter.channels.publish");
  }

  @Test
  void whileNothingIsConnectedAGuestIsToldSo() {
    this.runtime.with(publisher("splitter", "words.*"));
    this.channels.close();

    assertThat(publish("splitter", "words.en", "")).isEqualTo(CLOSED);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9, 0, 5, 0",
    "0, 9, 65536, 0, 0",
    "0, 9, 65531, 5, 0",
    "0, 9, 65532, 5, -4",
    "0, 9, -1, 1, -4",
    "0, 9, -5, 8, -4",
    "0, 9, 2147483647, 1024, -4",
    "0, 9, 0, -1, -5",
    "0, 9, 0, 2147483647, -5",
    "0, 9, 0, 1025, -5",
    "65536, 9, 0, 0, -4",
    "65535, 2, 0, 0, -4",
    "-1, 9, 0, 0, -4",
    "0, -1, 0, 0, -6",
    "0, 256, 0, 0, -6",
    "0, 0, 0, 0, -6",
    "32, 10, 0, 0, -6",
    "16, 11, 0, 0, -3",
    "65530, 6, 0, 0, -6"
  })
  void nothingThatAGuestSaysIsBelieved(
      int topic, int topicLength, int payload, int payloadLength, int expected) {
    this.runtime.with(publisher("hostile-publisher", "own.*"));
    this.channels.subscribe("all", "#", message -> {});

    int answer =
        this.runtime
            .manager
            .module("hostile-publisher")
            .operation("publish")
            .arguments(topic, topicLength, payload, payloadLength)
            .retrieve(int.class)
            .value();

    assertThat(answer).isEqualTo(expected);
    assertThat(this.channels.status("all").sent()).isEqualTo(expected == 0 ? 1 : 0);
    assertThat(this.runtime.manager.status("hostile-publisher").get(0).pool().inUse()).isZero();
  }

  @Test
  void aGuestNeverWaitsForRoom() {
    this.runtime.with(
        publisher("splitter", "words.*")
            .settings(
                settings -> settings.publish(List.of("words.*")).pool(pool -> pool.min(1).max(1))));
    CountDownLatch open = new CountDownLatch(1);
    this.channels.subscribe(
        "slow",
        "words.*",
        WasmRouteSettings.DEFAULTS.with(
            settings -> settings.capacity(1).publishTimeout(Duration.ofDays(1))),
        message -> open.await());
    int answer = 0;
    for (int i = 0; i < 3 && answer == 0; i++) {
      answer = publish("splitter", "words.en", "x");
    }
    open.countDown();

    assertThat(answer).isEqualTo(FULL);
  }

  @Test
  void aGuestThatPublishesToItselfDoesNotLockItselfOut() {
    this.runtime.with(
        publisher("splitter", "words.*")
            .settings(
                settings -> settings.publish(List.of("words.*")).pool(pool -> pool.min(1).max(1))));
    this.channels.add(
        WasmRoute.of("self", "words.*", "splitter", "echo")
            .with(route -> route.passTopic(true).settings(settings -> settings.capacity(1))));

    this.channels.publish("words.en", "hello");
    this.channels.close();

    WasmRouteStatus route = this.channels.status("self");
    assertThat(route.delivered()).isEqualTo(SETTINGS.maxHops() + 1);
    assertThat(accounted(route)).isEqualTo(route.sent());
    assertThat(route.queued()).isZero();
    assertThat(this.channels.status().refused()).isOne();
  }

  @Test
  void aGuestThatFloodsEndsAtItsDeadlineAndTakesNoMoreThanTheQueueHolds() {
    this.runtime.with(
        publisher("splitter", "words.*")
            .settings(
                settings ->
                    settings
                        .publish(List.of("words.*"))
                        .limits(limits -> limits.timeout(Duration.ofMillis(1500)))));
    CountDownLatch open = new CountDownLatch(1);
    this.channels.subscribe(
        "slow",
        "words.*",
        WasmRouteSettings.DEFAULTS.with(settings -> settings.capacity(100)),
        message -> open.await());

    failure(
        WasmErrorCategory.TIMEOUT,
        () ->
            this.runtime
                .manager
                .module("splitter")
                .operation("flood")
                .arguments(bytes("words.en"), new byte[1000])
                .retrieve(void.class));

    WasmRouteStatus route = this.channels.status("slow");
    assertThat(route.queued()).isEqualTo(100);
    assertThat(route.queuedBytes()).isEqualTo(100_000);
    assertThat(route.rejected()).isPositive();
    assertThat(accounted(route)).isEqualTo(route.sent());
    assertThat(Thread.interrupted()).isFalse();
    open.countDown();
    this.channels.close();
    assertThat(this.channels.status("slow").delivered()).isEqualTo(101);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aStackThatEndsWhilePublishingLeavesNoLockTaken(WasmEngineMode mode) throws Exception {
    this.runtime.with(
        publisher("hostile-publisher", "own.*").settings(settings -> settings.engineMode(mode)));
    this.channels.subscribe(
        "all",
        "#",
        WasmRouteSettings.DEFAULTS.with(settings -> settings.capacity(10)),
        message -> {});
    Thread thread =
        new Thread(
            null,
            () -> {
              for (int i = 0; i < 20; i++) {
                failure(
                    WasmErrorCategory.STACK_OVERFLOW,
                    () ->
                        this.runtime
                            .manager
                            .module("hostile-publisher")
                            .operation("recurse")
                            .input(0)
                            .retrieve(int.class));
              }
            },
            "small stack",
            400 * 1024);
    thread.start();
    thread.join();
    this.channels.publish("after", "all of it");
    this.channels.close();

    WasmRouteStatus route = this.channels.status("all");
    assertThat(route.sent()).isGreaterThan(20);
    assertThat(route.delivered() + route.rejected()).isEqualTo(route.sent());
  }
}
