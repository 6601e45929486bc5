package io.github.wasmspring.channel;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.fallback.WasmFailureAction;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WasmChannelsTest extends ChannelFixture {

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private void collect(String name, String topics) {
    this.channels.subscribe(name, topics, message -> this.seen.add(name + ":" + message.text()));
  }

  @Test
  void aMessageGoesToEveryRouteThatHasItsTopic() {
    collect("all", "#");
    collect("orders", "orders.*");
    collect("new", "*.new");
    collect("bills", "bills.#");

    this.channels.publish("orders.new", "1");
    this.channels.publish("orders.old", "2");
    this.channels.close();

    assertThat(this.seen)
        .containsExactlyInAnyOrder("all:1", "orders:1", "new:1", "all:2", "orders:2");
  }

  @Test
  void aModuleTakesMessages() {
    withCounter();
    this.channels.add(toCounter());

    this.channels.publish("words.en", "hello");
    this.channels.publish("words.de", "Welt");
    this.channels.close();

    assertThat(counted("counted")).isEqualTo(2);
    assertThat(counted("letters")).isEqualTo(9);
    assertThat(this.channels.status("words").delivered()).isEqualTo(2);
  }

  @Test
  void anAnswerIsPublishedUnderTheTopicForReplies() throws Exception {
    withCounter();
    this.channels.add(
        WasmRoute.of("ask", "ask", "counter", "answer").with(route -> route.replyTo("answers")));
    this.channels.add(
        WasmRoute.of("topic", "tell.#", "counter", "topic_of")
            .with(route -> route.passTopic(true).replyTo("answers")));
    BlockingQueue<WasmMessage> answers = new LinkedBlockingQueue<>();
    this.channels.subscribe("answers", "answers", answers::add);

    this.channels.publish("ask", "hello");
    WasmMessage answer = answers.take();
    this.channels.publish("tell.me", "anything");

    assertThat(answer.text()).isEqualTo("hello");
    assertThat(answer.topic()).isEqualTo("answers");
    assertThat(answer.sender()).isEqualTo("counter");
    assertThat(answer.hops()).isOne();
    assertThat(answers.take().text()).isEqualTo("tell.me");
  }

  @Test
  void anAnswerThatNobodyTakesIsADeadLetterAndTheModuleIsNotAskedAgain() {
    withCounter();
    this.channels.add(
        WasmRoute.of("ask", "ask", "counter", "answer")
            .with(
                route ->
                    route
                        .replyTo("full")
                        .settings(settings -> settings.maxAttempts(3).retryDelay(Duration.ZERO))));
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    this.channels.subscribe(
        "full",
        "full",
        WasmRouteSettings.DEFAULTS.with(settings -> settings.capacity(1)),
        message -> {
          taken.countDown();
          open.await();
        });
    this.channels.publish("full", "taken");
    await(taken);
    this.channels.publish("full", "queued");
    this.channels.publish("ask", "hello");
    awaitDead("ask", 1);
    open.countDown();

    assertThat(this.channels.status().deadLetters().get(0))
        .satisfies(
            letter -> {
              assertThat(letter.category()).isEqualTo(WasmErrorCategory.REJECTED);
              assertThat(letter.attempts()).isEqualTo(3);
              assertThat(letter.reason()).contains("[full]");
            });
    assertThat(this.runtime.manager.status("counter").get(0).calls().total()).isOne();
  }

  @Test
  void aRouteKeepsTheOrder() {
    List<Integer> order = new CopyOnWriteArrayList<>();
    AtomicInteger failures = new AtomicInteger();
    this.channels.subscribe(
        "ordered",
        "n",
        WasmRouteSettings.DEFAULTS.with(
            settings -> settings.maxAttempts(2).retryDelay(Duration.ofMillis(1))),
        message -> {
          int number = Integer.parseInt(message.text());
          if (number % 100 == 0 && failures.getAndIncrement() % 2 == 0) {
            throw new IllegalStateException("not yet");
          }
          order.add(number);
        });
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      sent.add(i);
      this.channels.publish("n", Integer.toString(i));
    }
    this.channels.close();

    assertThat(order).isEqualTo(sent);
    assertThat(this.channels.status("ordered").retried()).isEqualTo(5);
  }

  @Test
  void asManyMessagesAreDeliveredAtATimeAsTheRouteMay() {
    CountDownLatch three = new CountDownLatch(3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    this.channels.subscribe(
        "wide",
        "n",
        WasmRouteSettings.DEFAULTS.with(settings -> settings.concurrency(3)),
        message -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          three.countDown();
          three.await();
          running.decrementAndGet();
        });
    for (int i = 0; i < 30; i++) {
      this.channels.publish("n", "");
    }
    this.channels.close();

    assertThat(most).hasValue(3);
  }

  @Test
  void aPublisherWaitsForRoom() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger taken = new AtomicInteger();
    this.channels.subscribe(
        "slow",
        "n",
        WasmRouteSettings.DEFAULTS.with(
            settings -> settings.capacity(2).publishTimeout(Duration.ofSeconds(50))),
        message -> {
          open.await();
          taken.incrementAndGet();
        });
    Thread publisher =
        new Thread(
            () -> {
              for (int i = 0; i < 10; i++) {
                this.channels.publish("n", "");
              }
            });
    publisher.start();
    while (publisher.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    WasmRouteStatus full = this.channels.status("slow");
    open.countDown();
    publisher.join();
    this.channels.close();

    assertThat(full.queued()).isEqualTo(2);
    assertThat(full.running()).isOne();
    assertThat(taken).hasValue(10);
    assertThat(this.channels.status("slow").rejected()).isZero();
  }

  private CountDownLatch blocked(WasmRouteSettings settings) {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    this.channels.subscribe(
        "slow",
        "n",
        settings,
        message -> {
          taken.countDown();
          open.await();
          this.seen.add(message.text());
        });
    this.channels.publish("n", "first");
    await(taken);
    return open;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void awaitDead(String route, int count) {
    while (this.channels.status(route).dead() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aPublisherWaitsNoLongerThanItMay() {
    CountDownLatch open =
        blocked(
            WasmRouteSettings.DEFAULTS.with(
                settings -> settings.capacity(1).publishTimeout(Duration.ofMillis(20))));
    this.channels.publish("n", "second");

    WasmException failure =
        failure(WasmErrorCategory.REJECTED, () -> this.channels.publish("n", "third"));
    open.countDown();
    this.channels.close();

    assertThat(failure).hasMessageContaining("'n'").hasMessageContaining("[slow]");
    assertThat(this.seen).containsExactly("first", "second");
    assertThat(this.channels.status("slow").rejected()).isOne();
  }

  @Test
  void aRouteMayRefuseAtOnce() {
    CountDownLatch open =
        blocked(
            WasmRouteSettings.DEFAULTS.with(
                settings -> settings.capacity(1).whenFull(WasmFullPolicy.REJECT)));
    collect("other", "n");
    this.channels.publish("n", "second");

    failure(WasmErrorCategory.REJECTED, () -> this.channels.publish("n", "third"));
    open.countDown();
    this.channels.close();

    assertThat(this.seen)
        .containsExactlyInAnyOrder("first", "second", "other:second", "other:third");
  }

  @Test
  void theOldestMayMakeRoom() {
    CountDownLatch open =
        blocked(
            WasmRouteSettings.DEFAULTS.with(
                settings -> settings.capacity(2).whenFull(WasmFullPolicy.DROP_OLDEST)));
    for (int i = 0; i < 10; i++) {
      this.channels.publish("n", "n" + i);
    }
    open.countDown();
    this.channels.close();

    assertThat(this.seen).containsExactly("first", "n8", "n9");
    assertThat(this.channels.status("slow").dropped()).isEqualTo(8);
  }

  @Test
  void aQueueHasNoMoreBytesThanItMay() {
    CountDownLatch open =
        blocked(
            WasmRouteSettings.DEFAULTS.with(
                settings -> settings.buffer(1000).whenFull(WasmFullPolicy.REJECT)));
    this.channels.publish("n", "x".repeat(600));

    failure(WasmErrorCategory.REJECTED, () -> this.channels.publish("n", "x".repeat(401)));
    this.channels.publish("n", "x".repeat(400));

    assertThat(this.channels.status("slow").queuedBytes()).isEqualTo(1000);
    open.countDown();
  }

  @Test
  void aPublisherThatIsInterruptedWhileItWaitsSaysSo() throws Exception {
    CountDownLatch open =
        blocked(
            WasmRouteSettings.DEFAULTS.with(
                settings -> settings.capacity(1).publishTimeout(Duration.ofSeconds(50))));
    this.channels.publish("n", "second");
    Thread.currentThread().interrupt();

    failure(WasmErrorCategory.INTERRUPTED, () -> this.channels.publish("n", "third"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(this.channels.status("slow").rejected()).isOne();
    open.countDown();
  }

  @Test
  void theErrorHandlerDecidesWhetherAMessageIsTriedAgain() {
    AtomicInteger asked = new AtomicInteger();
    reopen(
        new WasmErrorHandler() {
          @Override
          public WasmFailureAction onFailure(
              WasmException failure,
              WasmModuleSettings settings,
              int attempt,
              boolean hasFallback) {
            return WasmFailureAction.THROW;
          }

          @Override
          public WasmFailureAction onUndelivered(
              WasmException failure, int attempt, int maxAttempts) {
            asked.incrementAndGet();
            if (attempt == 2) {
              throw new IllegalStateException("undecided");
            }
            return WasmFailureAction.RETRY;
          }
        });
    withCounter();
    this.channels.add(
        toCounter()
            .with(
                route ->
                    route.settings(settings -> settings.maxAttempts(1).retryDelay(Duration.ZERO))));

    this.channels.publish("words.bad", "xpoison");
    this.channels.publish("words.en", "fine");
    this.channels.close();

    assertThat(asked).hasValue(2);
    assertThat(this.channels.status().deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.attempts()).isEqualTo(2));
    assertThat(this.channels.status("words").delivered()).isOne();
  }

  @Test
  void aMessageThatTrapsIsADeadLetterAfterSomeAttempts() {
    withCounter();
    this.channels.add(
        toCounter()
            .with(
                route ->
                    route.settings(
                        settings -> settings.maxAttempts(3).retryDelay(Duration.ofMillis(1)))));

    this.channels.publish("words.en", "good");
    this.channels.publish("words.bad", "xpoison");
    this.channels.publish("words.en", "fine");
    this.channels.close();

    WasmRouteStatus route = this.channels.status("words");
    assertThat(route.delivered()).isEqualTo(2);
    assertThat(route.dead()).isOne();
    assertThat(route.retried()).isEqualTo(2);
    assertThat(this.channels.status().deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.route()).isEqualTo("words");
              assertThat(letter.topic()).isEqualTo("words.bad");
              assertThat(letter.module()).isEqualTo("counter");
              assertThat(letter.operation()).isEqualTo("count");
              assertThat(letter.category()).isEqualTo(WasmErrorCategory.TRAP);
              assertThat(letter.attempts()).isEqualTo(3);
              assertThat(letter.size()).isEqualTo(7);
              assertThat(letter.sender()).isNull();
              assertThat(letter.reason()).contains("module 'counter'");
            });
    assertThat(this.runtime.events(WasmEvent.MessageDead.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.module()).isEqualTo("counter");
              assertThat(event.version()).isEqualTo("1.0.0");
              assertThat(event.topic()).isEqualTo("words.bad");
            });
  }

  @Test
  void whatCanNotPassIsNotTriedAgain() {
    this.channels.add(WasmRoute.of("nowhere", "n", "missing", "run"));

    this.channels.publish("n", "");
    this.channels.close();

    assertThat(this.channels.status().deadLetters().get(0).category())
        .isEqualTo(WasmErrorCategory.NOT_FOUND);
    assertThat(this.channels.status("nowhere").retried()).isZero();
  }

  @Test
  void onlyTheYoungestDeadLettersAreKeptAndAllAreCounted() {
    this.channels.subscribe(
        "broken",
        "n",
        WasmRouteSettings.DEFAULTS.with(
            settings -> settings.maxAttempts(1).retryDelay(Duration.ZERO)),
        message -> {
          throw new IllegalStateException(message.text() + "x".repeat(10_000));
        });
    for (int i = 0; i < 9; i++) {
      this.channels.publish("n", "number " + i);
    }
    this.channels.close();

    assertThat(this.channels.status("broken").dead()).isEqualTo(9);
    List<WasmDeadLetter> letters = this.channels.status().deadLetters();
    assertThat(letters).hasSize(5);
    assertThat(letters.get(0).reason()).contains("number 8").hasSizeLessThan(600);
    assertThat(letters.get(4).reason()).contains("number 4");
    assertThat(letters.get(0).module()).isNull();
  }

  @Test
  void anErrorOfAHandlerKillsNoThread() {
    this.channels.subscribe(
        "broken",
        "n",
        WasmRouteSettings.DEFAULTS.with(
            settings -> settings.maxAttempts(1).retryDelay(Duration.ZERO)),
        message -> {
          throw new StackOverflowError();
        });
    collect("fine", "n");
    for (int i = 0; i < 20; i++) {
      this.channels.publish("n", "x");
    }
    this.channels.close();

    assertThat(this.channels.status("broken").dead()).isEqualTo(20);
    assertThat(this.seen).hasSize(20);
  }

  @Test
  void whatCanNotBePublishedSaysWhy() {
    collect("all", "a.#");

    assertThat(failure(WasmErrorCategory.NOT_FOUND, () -> this.channels.publish("b", "")))
        .hasMessageContaining("no route has the topic 'b'");
    assertThat(
            failure(
                WasmInvalidInputException.class, () -> this.channels.publish("a", new byte[1025])))
        .hasMessageContaining("1025 bytes, and 1024 are allowed (wasm.channels.max-payload)");
    assertThat(failure(WasmInvalidInputException.class, () -> this.channels.publish("a.*", "")))
        .hasMessageContaining("parted by dots");
    assertThat(this.channels.status().unrouted()).isOne();
    assertThat(this.channels.status().refused()).isEqualTo(2);
  }

  @Test
  void aRouteHasANameOfItsOwn() {
    collect("all", "#");

    assertThatThrownBy(() -> collect("all", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'all'");
  }

  @Test
  void messagesInACircleEnd() {
    this.channels.subscribe(
        "circle",
        "n",
        WasmRouteSettings.DEFAULTS.with(
            settings -> settings.maxAttempts(1).retryDelay(Duration.ZERO)),
        message -> this.channels.publish("n", message.payload()));

    this.channels.publish("n", "round and round");
    this.channels.close();

    assertThat(this.channels.status("circle").delivered()).isEqualTo(8);
    assertThat(this.channels.status().deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.category()).isEqualTo(WasmErrorCategory.INVALID_INPUT);
              assertThat(letter.reason()).contains("wasm.channels.max-hops");
            });
  }

  @Test
  void whoDeliversAMessageNeverWaitsForRoomItself() {
    AtomicReference<WasmException> refused = new AtomicReference<>();
    CountDownLatch full = new CountDownLatch(1);
    this.channels.subscribe(
        "own",
        "n",
        WasmRouteSettings.DEFAULTS.with(
            settings -> settings.capacity(1).publishTimeout(Duration.ofDays(1))),
        message -> {
          if (message.text().equals("first")) {
            full.await();
            refused.set(
                failure(WasmErrorCategory.REJECTED, () -> this.channels.publish("n", "mine")));
          }
        });
    this.channels.publish("n", "first");
    this.channels.publish("n", "second");
    full.countDown();
    this.channels.close();

    assertThat(refused.get()).isNotNull();
    assertThat(this.channels.status("own").delivered()).isEqualTo(2);
  }

  @Test
  void closingDeliversWhatIsThereAndWhatComesOfIt() {
    withCounter();
    this.channels.add(
        WasmRoute.of("ask", "ask", "counter", "answer").with(route -> route.replyTo("words.x")));
    this.channels.add(toCounter());
    for (int i = 0; i < 50; i++) {
      this.channels.publish("ask", "a word");
    }
    this.channels.close();

    assertThat(counted("counted")).isEqualTo(50);
    failure(WasmErrorCategory.REJECTED, () -> this.channels.publish("ask", "too late"));
  }

  @Test
  void whatIsLeftWhenClosingTakesTooLongStaysCounted() {
    reopen(new WasmChannelSettings(4, 1024, 8, 5, Duration.ZERO));
    CountDownLatch open = blocked(WasmRouteSettings.DEFAULTS);
    for (int i = 0; i < 10; i++) {
      this.channels.publish("n", "x");
    }
    this.channels.close();

    WasmRouteStatus route = this.channels.status("slow");
    assertThat(route.queued()).isEqualTo(10);
    assertThat(accounted(route)).isEqualTo(11).isEqualTo(route.sent());
    open.countDown();
  }

  @Test
  void publishersThatWaitAreLetGoWhenTheChannelsClose() throws Exception {
    reopen(new WasmChannelSettings(4, 1024, 8, 5, Duration.ZERO));
    CountDownLatch open =
        blocked(
            WasmRouteSettings.DEFAULTS.with(
                settings -> settings.capacity(1).publishTimeout(Duration.ofDays(1))));
    this.channels.publish("n", "second");
    CompletableFuture<WasmException> refused = new CompletableFuture<>();
    Thread publisher =
        new Thread(() -> refused.complete(failure(() -> this.channels.publish("n", "third"))));
    publisher.start();
    while (publisher.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    this.channels.close();

    assertThat(refused.get().category()).isEqualTo(WasmErrorCategory.REJECTED);
    open.countDown();
  }

  @Test
  void listenersHearOfEveryRoute() {
    List<String> names = new ArrayList<>();
    collect("before", "a");
    this.channels.onRoute(names::add);
    collect("after", "b");

    assertThat(names).containsExactly("before", "after");
  }

  @Test
  void nothingIsLostUnderManyPublishers() throws Exception {
    withCounter();
    this.runtime.with(guest("trouble"));
    int publishers = 16;
    int each = 500;
    WasmFullPolicy[] policies = WasmFullPolicy.values();
    this.channels.add(
        toCounter()
            .with(
                route ->
                    route.settings(
                        settings ->
                            settings
                                .capacity(20)
                                .concurrency(2)
                                .maxAttempts(2)
                                .retryDelay(Duration.ofNanos(1))
                                .publishTimeout(Duration.ofMillis(1)))));
    AtomicInteger[] delivered = new AtomicInteger[policies.length];
    for (WasmFullPolicy policy : policies) {
      AtomicInteger mine = new AtomicInteger();
      delivered[policy.ordinal()] = mine;
      this.channels.subscribe(
          policy.name(),
          "words.*",
          WasmRouteSettings.DEFAULTS.with(
              settings ->
                  settings
                      .capacity(3)
                      .concurrency(2)
                      .whenFull(policy)
                      .publishTimeout(Duration.ofMillis(5))
                      .maxAttempts(2)
                      .retryDelay(Duration.ZERO)),
          message -> {
            if (message.text().endsWith("7")) {
              throw new IllegalStateException("unlucky");
            }
            mine.incrementAndGet();
          });
    }
    List<Thread> threads = new ArrayList<>();
    AtomicInteger refusals = new AtomicInteger();
    for (int p = 0; p < publishers; p++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  try {
                    this.channels.publish("words.en", (i % 50 == 0 ? "x" : "w") + i);
                  } catch (WasmException full) {
                    refusals.incrementAndGet();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    this.channels.close();

    for (WasmRouteStatus route : this.channels.status().routes()) {
      assertThat(route.sent()).isEqualTo((long) publishers * each);
      assertThat(accounted(route)).as("%s", route).isEqualTo(route.sent());
      assertThat(route.queued() + route.running()).as("%s", route).isZero();
      assertThat(route.queuedBytes()).isZero();
    }
    for (WasmFullPolicy policy : policies) {
      assertThat((long) delivered[policy.ordinal()].get())
          .isEqualTo(this.channels.status(policy.name()).delivered());
    }
    assertThat(this.channels.status(WasmFullPolicy.DROP_OLDEST.name()).rejected()).isZero();
    assertThat(this.channels.status("words").dead()).isPositive();
    assertThat(this.channels.status().refused()).isZero();
  }
}
