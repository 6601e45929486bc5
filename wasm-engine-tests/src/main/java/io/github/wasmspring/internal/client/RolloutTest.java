package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEvent.ModuleProgressed;
import io.github.wasmspring.event.WasmEvent.RolloutPromoted;
import io.github.wasmspring.event.WasmEvent.RolloutRolledBack;
import io.github.wasmspring.event.WasmEvent.RolloutStarted;
import io.github.wasmspring.event.WasmEvent.SessionReclaimed;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.internal.client.RolloutGuests.Answering;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A module is given other code while it is called. */
@Timeout(120)
class RolloutTest {

  private static final Duration PATIENT = Duration.ofSeconds(60);

  private final AtomicReference<Supplier<@Nullable Boolean>> selection =
      new AtomicReference<>(() -> null);

  private final TestRuntime runtime = new TestRuntime(rollout -> this.selection.get().get());

  @AfterEach
  void close() {
    this.runtime.close();
  }

  interface AnsweringLater {
    CompletableFuture<Integer> answer(int number);
  }

  interface AnsweringMono {
    Mono<Integer> answer(int number);
  }

  interface AnsweringWithResult {
    WasmResult<Integer> answer(int number);
  }

  private WasmModuleDescriptor.Builder version(String version, byte[] bytes) {
    return WasmModuleDescriptor.builder("oracle")
        .version(version)
        .location(this.runtime.bytes.put("oracle-" + version, bytes))
        .settings(settings -> settings.quarantineFailures(0));
  }

  private Answering first() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));
    Answering bean = bean("*");
    assertThat(bean.answer(0)).isEqualTo(1);
    return bean;
  }

  private Answering bean(String range) {
    return this.runtime.manager.bind(Answering.class, "oracle", range);
  }

  private WasmRollout update(WasmModuleDescriptor.Builder next) {
    return this.runtime.manager.update("oracle", "*", next.build());
  }

  private WasmRollout update(byte[] bytes, Consumer<WasmRolloutSettings.Builder> rollout) {
    return update(version("2.0.0", bytes).settings(settings -> settings.rollout(rollout)));
  }

  private static Consumer<WasmRolloutSettings.Builder> canary(int share) {
    return rollout -> rollout.canaryShare(share).duration(Duration.ofHours(1)).minCalls(1_000_000);
  }

  @Test
  void allCallsGoToTheNewCodeWhereNothingIsSaidOfATrial() {
    Answering bean = first();

    WasmRollout rollout = update(version("2.0.0", RolloutGuests.answering(2)));

    assertThat(rollout.state()).isEqualTo(WasmRolloutState.PROMOTED);
    assertThat(rollout.outcome()).isCompletedWithValue(WasmRolloutState.PROMOTED);
    assertThat(bean.answer(0)).isEqualTo(2);
    assertThat(this.runtime.manager.<Integer>execute("oracle", "answer", 0).value()).isEqualTo(2);
    assertThat(this.runtime.manager.rollout("oracle", "*")).isEmpty();
    assertThat(this.runtime.events(RolloutPromoted.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.version()).isEqualTo("2.0.0");
              assertThat(event.from()).isEqualTo("1.0.0");
              assertThat(event.duration()).isZero();
            });
  }

  @Test
  void badCodeForAModuleThatNobodyHasNeededYetIsNoFaultOfThat() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));
    WasmModuleDescriptor.Builder missing =
        WasmModuleDescriptor.builder("oracle").version("2.0.0").location("classpath:none.wasm");
    failure(WasmErrorCategory.LOAD, () -> update(missing));
    assertThat(this.runtime.manager.status("oracle"))
        .singleElement()
        .satisfies(
            module -> {
              assertThat(module.state()).isEqualTo(WasmModuleState.REGISTERED);
              assertThat(module.failure()).isNull();
            });
    assertThat(this.runtime.manager.<Integer>execute("oracle", "answer", 0).value()).isOne();
  }

  @Test
  void theVersionOfTheModuleChangesEverywhere() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));
    AnsweringWithResult bean = this.runtime.manager.bind(AnsweringWithResult.class, "oracle", "*");
    bean.answer(0);

    update(version("2.0.0", RolloutGuests.failingOneInTwenty(2)));

    assertThat(bean.answer(1).version()).isEqualTo("2.0.0");
    assertThat(failure(WasmErrorCategory.TRAP, () -> bean.answer(20)).version()).isEqualTo("2.0.0");
    assertThat(this.runtime.registry.versions("oracle"))
        .extracting(WasmModuleDescriptor::version)
        .containsExactly("2.0.0");
    assertThat(this.runtime.manager.status("oracle"))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.version()).isEqualTo("2.0.0");
              assertThat(status.state()).isEqualTo(WasmModuleState.READY);
              assertThat(status.calls().total()).as("of this version").isEqualTo(2);
            });
    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .extracting(WasmEvent.CallFailed::version)
        .containsExactly("2.0.0");
    assertThat(this.runtime.events(WasmEvent.ModuleUnregistered.class))
        .extracting(WasmEvent.ModuleUnregistered::version)
        .containsExactly("1.0.0");
  }

  @Test
  void aModuleThatNobodyHasCalledGetsItsFirstCodeAtOnce() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));

    WasmRollout rollout = update(RolloutGuests.answering(2), canary(10));

    assertThat(rollout.state()).isEqualTo(WasmRolloutState.PROMOTED);
    assertThat(bean("*").answer(0)).isEqualTo(2);
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of(WasmErrorCategory.LINK, RolloutGuests.unlinkable()),
        Arguments.of(WasmErrorCategory.SIGNATURE, RolloutGuests.ofOtherType()),
        Arguments.of(WasmErrorCategory.MALFORMED, "<html>".getBytes()));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void whatDoesNotFitAnswersNoCall(WasmErrorCategory category, byte[] bytes) {
    Answering bean = first();

    WasmException refused = failure(category, () -> update(bytes, canary(50)));

    assertThat(refused.version()).isEqualTo("2.0.0");
    assertThat(bean.answer(0)).isEqualTo(1);
    assertThat(this.runtime.manager.rollout("oracle", "*")).isEmpty();
    assertThat(this.runtime.events(RolloutRolledBack.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.version()).isEqualTo("1.0.0");
              assertThat(event.rejected()).isEqualTo("2.0.0");
              assertThat(event.reason()).contains("refused before any call");
            });
    assertThat(this.runtime.registry.find("oracle").orElseThrow().version()).isEqualTo("1.0.0");
    assertThat(this.runtime.cache.size()).as("nothing of it is kept").isOne();
  }

  @Test
  void aVersionThatSomebodyExcludesIsRefused() {
    first();
    bean("^1.0");

    WasmException refused =
        failure(
            WasmErrorCategory.VERSION_CONFLICT,
            () -> update(version("2.0.0", RolloutGuests.answering(2))));

    assertThat(refused).hasMessageContaining("^1.0").hasMessageContaining("Answering");
    assertThat(update(version("1.1.0", RolloutGuests.answering(3))).state())
        .isEqualTo(WasmRolloutState.PROMOTED);
  }

  @Test
  void aVersionThatIsThereOrNotTheDefaultIsRefused() {
    first();
    this.runtime.with(version("0.9.0", RolloutGuests.answering(9)));

    failure(
        WasmErrorCategory.VERSION_CONFLICT,
        () -> update(version("0.9.0", RolloutGuests.answering(2))));
    this.runtime.registry.useByDefault("oracle", "~1.0.0");
    failure(
        WasmErrorCategory.VERSION_CONFLICT,
        () -> update(version("2.0.0", RolloutGuests.answering(2))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                this.runtime.manager.update(
                    "oracle",
                    "*",
                    WasmModuleDescriptor.builder("other").location("bytes:none").build()));
  }

  @Test
  void theProbeIsAskedBeforeAnybodyElse() {
    Answering bean = first();

    WasmException wrong =
        failure(
            WasmErrorCategory.INVALID,
            () -> update(RolloutGuests.answering(2), rollout -> rollout.probe("answer", "7", "3")));
    WasmException trapped =
        failure(
            WasmErrorCategory.TRAP,
            () ->
                update(
                    RolloutGuests.failingOneInTwenty(2),
                    rollout -> rollout.probe("answer", "20", "2")));
    failure(
        WasmErrorCategory.TIMEOUT,
        () ->
            update(
                version("2.0.0", RolloutGuests.hanging())
                    .settings(
                        settings ->
                            settings
                                .limits(limits -> limits.timeout(Duration.ofMillis(100)))
                                .rollout(rollout -> rollout.probe("answer", "7", null)))));
    failure(
        WasmErrorCategory.NOT_FOUND,
        () -> update(RolloutGuests.answering(2), rollout -> rollout.probe("ask", "7", "2")));

    assertThat(wrong)
        .hasMessageContaining("rollout.probe")
        .hasMessageContaining("'2'")
        .hasMessageContaining("'3'");
    assertThat(trapped).hasMessageContaining("rollout.probe");
    assertThat(bean.answer(0)).isEqualTo(1);
    assertThat(
            update(RolloutGuests.answering(2), rollout -> rollout.probe("answer", "7", " 2 "))
                .state())
        .isEqualTo(WasmRolloutState.PROMOTED);
    assertThat(bean.answer(0)).isEqualTo(2);
  }

  /** Of a module that no interface declares anything of. */
  @Test
  void aProbeMayAskWhatNobodyDeclares() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));
    this.runtime.manager.warmUp("oracle");

    failure(
        WasmErrorCategory.INVALID,
        () -> update(RolloutGuests.answering(2), rollout -> rollout.probe("answer", "7", "3")));
    assertThat(
            update(RolloutGuests.answering(2), rollout -> rollout.probe("answer", "7", "2"))
                .state())
        .isEqualTo(WasmRolloutState.PROMOTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 33, 50, 100})
  void aTrialGetsItsShareOfTheCalls(int share) {
    Answering bean = first();

    WasmRollout rollout = update(RolloutGuests.answering(2), canary(share));
    int[] answers = new int[3];
    for (int i = 0; i < 1000; i++) {
      answers[bean.answer(i)]++;
      assertThat(answers[2]).isLessThanOrEqualTo(share * (i + 1) / 100);
    }

    assertThat(answers[2]).isBetween(share * 10 - 1, share * 10);
    assertThat(rollout.state()).isEqualTo(WasmRolloutState.CANARY);
    assertThat(this.runtime.manager.rollout("oracle", "*")).containsSame(rollout);
    assertThat(rollout.candidate().calls()).isEqualTo(answers[2]);
    assertThat(rollout.current().calls()).isEqualTo(answers[1]);
    assertThat(rollout.candidate().failures()).isZero();
    assertThat(this.runtime.events(RolloutStarted.class))
        .containsExactly(new RolloutStarted("oracle", "1.0.0", "2.0.0", share));

    rollout.promote();
    assertThat(bean.answer(0)).isEqualTo(2);
    assertThat(rollout.state()).isEqualTo(WasmRolloutState.PROMOTED);
    rollout.promote();
    assertThatThrownBy(() -> rollout.rollBack("too late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("oracle 2.0.0");
  }

  @Test
  void whoRollsATrialBackHasTheOldCode() {
    Answering bean = first();
    WasmRollout rollout = update(RolloutGuests.answering(2), canary(100));
    assertThat(bean.answer(0)).isEqualTo(2);

    rollout.rollBack("nobody likes it");

    assertThat(bean.answer(0)).isEqualTo(1);
    assertThat(rollout.state()).isEqualTo(WasmRolloutState.ROLLED_BACK);
    assertThat(rollout.reason()).contains("nobody likes it");
    assertThat(rollout.outcome()).isCompletedWithValue(WasmRolloutState.ROLLED_BACK);
    assertThat(this.runtime.registry.find("oracle").orElseThrow().version()).isEqualTo("1.0.0");
    assertThat(this.runtime.cache.size()).isOne();
    rollout.rollBack("again");
    assertThatThrownBy(rollout::promote).isInstanceOf(IllegalStateException.class);
    assertThat(this.runtime.events(RolloutRolledBack.class)).hasSize(1);
  }

  @Test
  void aTrialThatGoesWellEndsByItself() throws Exception {
    Answering bean = first();

    WasmRollout rollout =
        update(
            RolloutGuests.answering(2),
            it -> it.canaryShare(50).minCalls(20).duration(Duration.ofMillis(200)));
    await()
        .atMost(PATIENT)
        .until(
            () -> {
              bean.answer(0);
              return rollout.state() != WasmRolloutState.CANARY;
            });

    assertThat(rollout.outcome().get(1, TimeUnit.MINUTES)).isEqualTo(WasmRolloutState.PROMOTED);
    assertThat(bean.answer(0)).isEqualTo(2);
    assertThat(rollout.candidate().calls()).isGreaterThanOrEqualTo(20);
    assertThat(rollout.reason()).contains("0 of ").contains("with the code before");
    RolloutPromoted event = this.runtime.events(RolloutPromoted.class).get(0);
    assertThat(event.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(event.reason()).isEqualTo(rollout.reason());
  }

  @ParameterizedTest
  @CsvSource({"5, 2000", "50, 500"})
  void codeThatTrapsMoreOftenIsRolledBack(int share, int most) throws Exception {
    Answering bean = first();

    WasmRollout rollout =
        update(
            RolloutGuests.failingOneInTwenty(2),
            it -> it.canaryShare(share).minCalls(100).duration(Duration.ofHours(1)));
    int served = 0;
    int calls = 0;
    for (int number = 0;
        calls < most && this.runtime.manager.rollout("oracle", "*").isPresent();
        number += 3) {
      calls++;
      try {
        served += bean.answer(number) == 2 ? 1 : 0;
      } catch (WasmException trap) {
        assertThat(trap.category()).isEqualTo(WasmErrorCategory.TRAP);
        assertThat(trap.version()).isEqualTo("2.0.0");
        served++;
      }
    }

    assertThat(rollout.outcome().get(1, TimeUnit.MINUTES)).isEqualTo(WasmRolloutState.ROLLED_BACK);
    assertThat(served).isLessThanOrEqualTo(share * calls / 100);
    assertThat(rollout.candidate().failures()).isGreaterThan(1);
    assertThat(rollout.reason()).contains("failed").contains("with the code before");
    assertThat(bean.answer(20)).isEqualTo(1);
  }

  @Test
  void codeThatFailsAsOftenAsTheOldOneIsNotRolledBack() throws Exception {
    this.runtime.with(version("1.0.0", RolloutGuests.failingOneInTwenty(1)));
    Answering bean = bean("*");
    WasmRollout rollout =
        update(
            RolloutGuests.failingOneInTwenty(2),
            it -> it.canaryShare(50).minCalls(200).errorFactor(3).duration(Duration.ofMillis(100)));
    for (int number = 0; rollout.state() == WasmRolloutState.CANARY; number++) {
      try {
        bean.answer(number);
      } catch (WasmException trap) {
        assertThat(trap.category()).isEqualTo(WasmErrorCategory.TRAP);
      }
    }

    assertThat(rollout.reason()).isNotNull();
    assertThat(rollout.state()).as(rollout.reason()).isEqualTo(WasmRolloutState.PROMOTED);
  }

  @Test
  void codeThatIsSlowerIsRolledBack() throws Exception {
    Answering bean = first();

    WasmRollout rollout =
        update(
            RolloutGuests.slow(2),
            it -> it.canaryShare(20).minCalls(20).duration(Duration.ofMillis(200)));
    int[] answers = new int[3];
    while (rollout.state() == WasmRolloutState.CANARY) {
      answers[bean.answer(0)]++;
    }

    assertThat(rollout.outcome().get(1, TimeUnit.MINUTES)).isEqualTo(WasmRolloutState.ROLLED_BACK);
    assertThat(rollout.reason()).contains("take longer than");
    assertThat(answers[2]).isLessThanOrEqualTo((answers[1] + answers[2]) / 5);
    assertThat(bean.answer(0)).isEqualTo(1);
  }

  @Test
  void codeThatIsSlowerMayBeWanted() throws Exception {
    Answering bean = first();

    WasmRollout rollout =
        update(
            RolloutGuests.slow(2),
            it -> it.canaryShare(50).minCalls(10).latencyFactor(0).duration(Duration.ofMillis(50)));
    while (rollout.state() == WasmRolloutState.CANARY) {
      bean.answer(0);
    }

    assertThat(rollout.state()).isEqualTo(WasmRolloutState.PROMOTED);
  }

  @Test
  void oneAtATime() {
    Answering bean = first();
    WasmRollout rollout = update(RolloutGuests.answering(2), canary(10));

    WasmException refused =
        failure(
            WasmErrorCategory.REJECTED, () -> update(version("3.0.0", RolloutGuests.answering(3))));
    failure(WasmErrorCategory.REJECTED, () -> this.runtime.manager.reload("oracle"));
    this.runtime.bytes.put("oracle-1.0.0", RolloutGuests.answering(4));
    assertThat(this.runtime.manager.refresh("oracle")).isFalse();

    assertThat(refused).hasMessageContaining("version 2.0.0").hasMessageContaining("promote");
    assertThat(rollout.state()).isEqualTo(WasmRolloutState.CANARY);
    assertThat(bean.answer(0)).isEqualTo(1);
  }

  /** Methods of numbers that are called often go a way of their own. */
  @Test
  void aMethodThatIsCalledOftenTakesPartInATrial() {
    Answering bean = first();
    for (int i = 0; i < 1000; i++) {
      assertThat(bean.answer(i)).isEqualTo(1);
    }
    WasmRollout rollout = update(RolloutGuests.answering(2), canary(50));
    int[] answers = new int[3];
    for (int i = 0; i < 1000; i++) {
      answers[bean.answer(i)]++;
    }

    assertThat(answers[2]).isBetween(499, 500);
    rollout.promote();
    for (int i = 0; i < 1000; i++) {
      assertThat(bean.answer(i)).isEqualTo(2);
    }
  }

  @Test
  void nothingOfOldCodeIsKeptAlthoughNobodyCallsTheNew() {
    List<WeakReference<WasmCode>> codes = new CopyOnWriteArrayList<>();
    this.runtime.engine.wrapping =
        code -> {
          codes.add(new WeakReference<>(code));
          return code;
        };
    Answering bean = first();
    WasmRollout refused = update(RolloutGuests.answering(2), canary(50));
    for (int i = 0; i < 500; i++) {
      bean.answer(i);
      this.runtime.manager.execute("oracle", "answer", i);
    }
    refused.rollBack("it is to go");
    for (int i = 0; i < 500; i++) {
      assertThat(bean.answer(i)).isEqualTo(1);
    }

    WasmRollout accepted = update(version("3.0.0", RolloutGuests.answering(3)));

    await()
        .atMost(PATIENT)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(codes).hasSize(3);
              assertThat(codes.subList(0, 2)).allMatch(code -> code.get() == null);
            });
    assertThat(refused.state()).isEqualTo(WasmRolloutState.ROLLED_BACK);
    assertThat(accepted.state()).isEqualTo(WasmRolloutState.PROMOTED);
    assertThat(bean.answer(0)).isEqualTo(3);
  }

  @Test
  void ofManyWhoEndATrialOneDoes() throws Exception {
    Answering bean = first();
    int promoted = 0;
    int answer = 1;
    for (int round = 1; round <= 40; round++) {
      String version = "2.0." + round;
      WasmRollout rollout =
          update(
              version(version, RolloutGuests.answering(round))
                  .settings(settings -> settings.rollout(canary(50))));
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> attempt(() -> rollout.rollBack("the other was quicker")));
      attempt(rollout::promote);
      other.get(1, TimeUnit.MINUTES);

      WasmRolloutState end = rollout.outcome().get(1, TimeUnit.MINUTES);
      answer = end == WasmRolloutState.PROMOTED ? round : answer;
      assertThat(bean.answer(0)).isEqualTo(answer);
      promoted += end == WasmRolloutState.PROMOTED ? 1 : 0;
      assertThat(this.runtime.manager.rollout("oracle", "*")).isEmpty();
      assertThat(this.runtime.cache.size()).isOne();
    }
    assertThat(this.runtime.events(RolloutPromoted.class)).hasSize(promoted);
    assertThat(this.runtime.events(RolloutRolledBack.class)).hasSize(40 - promoted);
  }

  private static void attempt(Runnable end) {
    try {
      end.run();
    } catch (IllegalStateException tooLate) {
      assertThat(tooLate).hasMessageContaining("any more");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evict", "disable", "unregister", "close"})
  void whoEndsAModuleEndsItsTrial(String how) {
    Answering bean = first();
    WasmRollout rollout = update(RolloutGuests.answering(2), canary(50));
    for (int i = 0; i < 10; i++) {
      bean.answer(i);
    }

    switch (how) {
      case "evict" -> this.runtime.manager.evict("oracle");
      case "disable" -> this.runtime.manager.disable("oracle");
      case "unregister" -> this.runtime.registry.unregister("oracle", "1.0.0");
      default -> this.runtime.close();
    }

    assertThat(rollout.outcome()).isCompletedWithValue(WasmRolloutState.ROLLED_BACK);
    if (how.equals("evict")) {
      assertThat(this.runtime.budget.used()).as("of all instances").isZero();
      assertThat(bean.answer(0)).isEqualTo(1);
    } else {
      failure(() -> bean.answer(0));
    }
  }

  @Test
  void theSideOfACallIsWhatItsCallerSays() {
    Answering bean = first();
    update(RolloutGuests.answering(2), canary(0));

    assertThat(bean.answer(0)).isEqualTo(1);
    this.selection.set(() -> true);
    assertThat(bean.answer(0)).isEqualTo(2);
    this.selection.set(() -> false);
    assertThat(bean.answer(0)).isEqualTo(1);
    this.selection.set(
        () -> {
          throw new IllegalStateException("no idea");
        });
    assertThat(bean.answer(0)).isEqualTo(1);
  }

  @Test
  void theCallerOfACallThatAnswersLaterIsAsked() throws Exception {
    first();
    AnsweringLater bean = this.runtime.manager.bind(AnsweringLater.class, "oracle", "*");
    update(RolloutGuests.answering(2), canary(0));
    List<Thread> asked = new CopyOnWriteArrayList<>();
    this.selection.set(
        () -> {
          asked.add(Thread.currentThread());
          return true;
        });

    assertThat(bean.answer(0).get(1, TimeUnit.MINUTES)).isEqualTo(2);
    WasmResult<Integer> fluent =
        this.runtime
            .manager
            .module("oracle")
            .operation("answer")
            .input(1)
            .<Integer>retrieveAsync(Integer.class)
            .get(1, TimeUnit.MINUTES);

    assertThat(fluent.value()).isEqualTo(2);
    assertThat(fluent.version()).isEqualTo("2.0.0");
    assertThat(asked).hasSize(2).containsOnly(Thread.currentThread());
  }

  @Test
  void howMuchOfTheOldCodeStillAnswersIsTold() {
    first();
    try (WasmSession session = this.runtime.manager.open("oracle")) {
      update(RolloutGuests.answering(2), it -> it.drain(Duration.ofHours(1)));
      await().until(() -> !this.runtime.events(ModuleProgressed.class).isEmpty());
      assertThat(session.call("answer", 0)).containsExactly(1);
    }
    ModuleProgressed over = new ModuleProgressed("oracle", "1.0.0", WasmWork.DRAIN, 1, 1);
    await().until(() -> this.runtime.events(ModuleProgressed.class).contains(over));
    assertThat(this.runtime.events(ModuleProgressed.class))
        .startsWith(new ModuleProgressed("oracle", "1.0.0", WasmWork.DRAIN, 0, 1))
        .endsWith(over);
  }

  @Test
  void whoSubscribesIsAskedBeforeTheApplication() {
    first();
    AnsweringMono bean = this.runtime.manager.bind(AnsweringMono.class, "oracle", "*");
    update(RolloutGuests.answering(2), canary(0));
    Mono<Integer> answer = bean.answer(0);

    assertThat(answer.block()).isEqualTo(1);
    assertThat(selectedBy(rollout -> true, answer)).isEqualTo(2);
    assertThat(selectedBy(rollout -> null, answer)).isEqualTo(1);
    this.selection.set(() -> true);
    assertThat(selectedBy(rollout -> null, answer)).isEqualTo(2);
    assertThat(selectedBy(rollout -> false, answer)).isEqualTo(1);
    assertThat(selectedBy("always", answer)).isEqualTo(2);
    WasmCanarySelector failing =
        rollout -> {
          throw new IllegalStateException("no idea");
        };
    assertThat(selectedBy(failing, answer)).isEqualTo(2);
  }

  private static @Nullable Integer selectedBy(WasmCanarySelector selector, Mono<Integer> answer) {
    return selectedBy((Object) selector, answer);
  }

  private static @Nullable Integer selectedBy(Object selector, Mono<Integer> answer) {
    return answer
        .contextWrite(context -> context.put(WasmCanarySelector.CONTEXT_KEY, selector))
        .block();
  }

  @Test
  void aSessionStaysWhereItWasOpened() {
    first();
    try (WasmSession session = this.runtime.manager.open("oracle")) {
      update(RolloutGuests.answering(2), it -> it.drain(Duration.ofHours(1)));

      assertThat(session.call("answer", 0)).containsExactly(1);
      try (WasmSession next = this.runtime.manager.open("oracle")) {
        assertThat(next.call("answer", 0)).containsExactly(2);
      }
    }
  }

  @Test
  void aSessionDoesNotKeepOldCodeForLongerThanADrain() {
    first();
    WasmSession session = this.runtime.manager.open("oracle");

    update(RolloutGuests.answering(2), it -> it.drain(Duration.ofMillis(100)));

    await()
        .atMost(PATIENT)
        .untilAsserted(
            () ->
                assertThat(this.runtime.events(SessionReclaimed.class))
                    .extracting(SessionReclaimed::why, SessionReclaimed::version)
                    .containsExactly(tuple(SessionReclaimed.Reason.REPLACED, "1.0.0")));
    assertThatThrownBy(() -> session.call("answer", 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rollout.drain");
    session.close();
  }

  @Test
  void aCallThatHangsOnOldCodeIsStoppedAfterADrain() throws Exception {
    this.runtime.with(
        version("1.0.0", RolloutGuests.hangingAtOne(1))
            .settings(
                settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(10)))));
    Answering bean = bean("*");
    assertThat(bean.answer(0)).isEqualTo(1);
    CompletableFuture<WasmException> stopped =
        CompletableFuture.supplyAsync(() -> failure(() -> bean.answer(1)));
    await()
        .atMost(PATIENT)
        .until(() -> this.runtime.manager.status("oracle").get(0).pool().inUse() == 1);

    update(RolloutGuests.answering(2), it -> it.drain(Duration.ofMillis(200)));

    assertThat(bean.answer(1)).isEqualTo(2);
    WasmException failure = stopped.get(1, TimeUnit.MINUTES);
    assertThat(failure.category()).isEqualTo(WasmErrorCategory.TIMEOUT);
    assertThat(failure).hasMessageContaining("rollout.drain");
  }

  /** What hangs on code that is gone is no fault of what has taken its place. */
  @Test
  void aFailureOfOldCodeIsNotHeldAgainstTheNew() throws Exception {
    this.runtime.with(
        version("1.0.0", RolloutGuests.hangingAtOne(1))
            .settings(
                settings ->
                    settings
                        .quarantineFailures(1)
                        .limits(limits -> limits.timeout(Duration.ofMinutes(10)))
                        .rollout(rollout -> rollout.drain(Duration.ofMillis(200)))));
    Answering bean = bean("*");
    assertThat(bean.answer(0)).isEqualTo(1);
    CompletableFuture<WasmException> stopped =
        CompletableFuture.supplyAsync(() -> failure(() -> bean.answer(1)));
    await()
        .atMost(PATIENT)
        .until(() -> this.runtime.manager.status("oracle").get(0).pool().inUse() == 1);

    this.runtime.bytes.put("oracle-1.0.0", RolloutGuests.answering(2));
    this.runtime.manager.reload("oracle");

    assertThat(stopped.get(1, TimeUnit.MINUTES).category()).isEqualTo(WasmErrorCategory.TIMEOUT);
    assertThat(this.runtime.manager.status("oracle").get(0).quarantined()).isEmpty();
    assertThat(bean.answer(1)).isEqualTo(2);
  }

  @Test
  void aCallUnderWayEndsOnTheOldCode() throws Exception {
    this.runtime.with(version("1.0.0", RolloutGuests.slow(1)));
    Answering bean = bean("*");
    bean.answer(0);
    CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() -> bean.answer(0));
    await()
        .atMost(PATIENT)
        .until(
            () ->
                slow.isDone() || this.runtime.manager.status("oracle").get(0).pool().inUse() == 1);

    update(RolloutGuests.answering(2), it -> {});

    assertThat(bean.answer(0)).isEqualTo(2);
    assertThat(slow.get(1, TimeUnit.MINUTES)).isEqualTo(1);
  }

  @Test
  void whatIsReadAgainIsCheckedAndTriedToo() {
    this.runtime.with(probed());
    Answering bean = bean("*");
    bean.answer(0);

    this.runtime.bytes.put("oracle-1.0.0", RolloutGuests.answering(3));
    failure(WasmErrorCategory.INVALID, () -> this.runtime.manager.refresh("oracle"));
    assertThat(this.runtime.manager.refresh("oracle")).as("it has been probed").isFalse();
    failure(WasmErrorCategory.INVALID, () -> this.runtime.manager.reload("oracle"));
    assertThat(bean.answer(0)).isEqualTo(1);

    this.runtime.bytes.put("oracle-1.0.0", RolloutGuests.failingOneInTwenty(1));
    assertThat(this.runtime.manager.refresh("oracle")).isTrue();
    WasmRollout rollout = this.runtime.manager.rollout("oracle", "*").orElseThrow();
    assertThat(rollout.to()).isSameAs(rollout.from());
    failure(WasmErrorCategory.TRAP, () -> bean.answer(20));
    rollout.rollBack("it traps");

    assertThat(bean.answer(20)).isEqualTo(1);
    assertThat(this.runtime.manager.refresh("oracle")).as("it has been tried").isFalse();
    assertThat(this.runtime.manager.rollout("oracle", "*")).isEmpty();
    this.runtime.bytes.put("oracle-1.0.0", RolloutGuests.hangingAtOne(1));
    assertThat(this.runtime.manager.refresh("oracle")).isTrue();
    this.runtime.manager.rollout("oracle", "*").orElseThrow().promote();
    assertThat(this.runtime.manager.status("oracle").get(0).digest())
        .isEqualTo(WasmDigest.of(RolloutGuests.hangingAtOne(1)));
  }

  /** To be probed with 7 when it is loaded again, and tried with all calls. */
  private WasmModuleDescriptor.Builder probed() {
    return version("1.0.0", RolloutGuests.answering(1))
        .settings(
            settings ->
                settings.rollout(
                    it ->
                        it.canaryShare(100)
                            .minCalls(1_000_000)
                            .probe("answer", "7", "1")
                            .duration(Duration.ofHours(1))));
  }

  @Test
  void aFallbackIsNotTakenForTheNewCode() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));
    WithFallback bean = this.runtime.manager.bind(WithFallback.class, "oracle", "*");
    assertThat(bean.answer(0)).isEqualTo(1);
    update(RolloutGuests.failingOneInTwenty(2), canary(100));

    assertThat(bean.answer(1)).isEqualTo(2);
    assertThat(bean.answer(20)).as("in Java").isEqualTo(77);
    WasmRollout rollout = this.runtime.manager.rollout("oracle", "*").orElseThrow();
    assertThat(rollout.candidate().calls()).isEqualTo(2);
    assertThat(rollout.candidate().failures()).isOne();
  }

  interface WithFallback {
    default int answer(int number) {
      return 77;
    }
  }

  interface WithOptions {
    int answer(int number, WasmCallOptions options);
  }

  @Test
  void aCallerWithoutPatienceSaysNothingOfTheCode() {
    first();
    WithOptions bean = this.runtime.manager.bind(WithOptions.class, "oracle", "*");
    update(RolloutGuests.hangingAtOne(2), canary(100));

    failure(
        WasmErrorCategory.TIMEOUT,
        () -> bean.answer(1, WasmCallOptions.timeout(Duration.ofMillis(20))));

    WasmRollout rollout = this.runtime.manager.rollout("oracle", "*").orElseThrow();
    assertThat(rollout.candidate()).isEqualTo(WasmRollout.Figures.NONE);
  }

  @Test
  void modulesThatImportFromItFollow() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));
    this.runtime.with(
        WasmModuleDescriptor.builder("asking")
            .location(
                this.runtime.bytes.put(
                    "asking",
                    new ModuleMaker()
                        .type("60 01 7f 01 7f")
                        .imports("oracle", "answer", "00 00")
                        .function(0, "00 20 00 10 00 0b")
                        .export("answer", ModuleMaker.FUNCTION, 1)
                        .bytes()))
            .dependency("oracle", "<3"));
    Answering asking = this.runtime.manager.bind(Answering.class, "asking", "*");
    assertThat(asking.answer(0)).isEqualTo(1);

    failure(
        WasmErrorCategory.VERSION_CONFLICT,
        () -> update(version("3.0.0", RolloutGuests.answering(3))));
    update(version("2.0.0", RolloutGuests.answering(2)));

    assertThat(asking.answer(0)).isEqualTo(2);
    assertThat(this.runtime.manager.status("asking").get(0).links())
        .extracting(link -> link.version())
        .containsExactly("2.0.0");
  }

  /** Its new bytes have to be asked for, checked and tried like those of any other module. */
  @Test
  void whoFollowsGetsNoNewBytesOfItsOwnByThat() {
    this.runtime.with(version("1.0.0", RolloutGuests.answering(1)));
    this.runtime.with(
        WasmModuleDescriptor.builder("asking")
            .location(this.runtime.bytes.put("asking", RolloutGuests.asking(0)))
            .dependency("oracle", "*"));
    Answering asking = this.runtime.manager.bind(Answering.class, "asking", "*");
    assertThat(asking.answer(0)).isEqualTo(1);
    this.runtime.bytes.put("asking", RolloutGuests.asking(10));

    update(version("2.0.0", RolloutGuests.answering(2)));

    assertThat(asking.answer(0)).isEqualTo(1);
    assertThat(this.runtime.manager.status("asking").get(0).digest())
        .isEqualTo(WasmDigest.of(RolloutGuests.asking(0)));
    assertThat(this.runtime.manager.refresh("asking")).isTrue();
    assertThat(asking.answer(0)).isEqualTo(12);
    this.runtime.bytes.put("oracle-2.0.0", RolloutGuests.answering(3));
    this.runtime.manager.reload("oracle");
    assertThat(asking.answer(0)).isEqualTo(13);
  }

  /** Loading what imports from it again may take minutes. */
  @Test
  void whoIsPromotedKeepsNoOtherTrialWaiting() throws Exception {
    Answering bean = first();
    this.runtime.with(
        WasmModuleDescriptor.builder("asking")
            .location(this.runtime.bytes.put("asking", RolloutGuests.asking(0)))
            .dependency("oracle", "*"));
    this.runtime.manager.bind(Answering.class, "asking", "*").answer(0);
    WasmModuleDescriptor.Builder other =
        WasmModuleDescriptor.builder("other")
            .location(this.runtime.bytes.put("other", RolloutGuests.answering(1)))
            .settings(
                settings ->
                    settings
                        .quarantineFailures(0)
                        .rollout(
                            it -> it.canaryShare(100).duration(Duration.ofHours(1)).minCalls(100)));
    this.runtime.with(other);
    Answering failing = this.runtime.manager.bind(Answering.class, "other", "*");
    failing.answer(0);
    this.runtime.bytes.put("other", RolloutGuests.failingOneInTwenty(2));
    this.runtime.manager.reload("other");
    WasmRollout failingTrial = this.runtime.manager.rollout("other", "*").orElseThrow();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayLoad = new CountDownLatch(1);
    this.runtime.events.addListener(
        event -> {
          if (event instanceof WasmEvent.ModuleLoading load && load.module().equals("asking")) {
            loading.countDown();
            awaitQuietly(mayLoad);
          }
        });

    WasmRollout promoted =
        update(
            RolloutGuests.answering(2),
            it -> it.canaryShare(50).minCalls(1).latencyFactor(0).duration(Duration.ofMillis(1)));
    try {
      await()
          .atMost(PATIENT)
          .until(
              () -> {
                bean.answer(0);
                return loading.getCount() == 0;
              });
      while (failingTrial.candidate().failures() < 2) {
        attemptCall(failing);
      }
      assertThat(failingTrial.outcome().get(1, TimeUnit.MINUTES))
          .isEqualTo(WasmRolloutState.ROLLED_BACK);
      assertThat(promoted.outcome()).isNotDone();
    } finally {
      mayLoad.countDown();
    }
    assertThat(promoted.outcome().get(1, TimeUnit.MINUTES)).isEqualTo(WasmRolloutState.PROMOTED);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attemptCall(Answering failing) {
    try {
      failing.answer(20);
    } catch (WasmException trap) {
      assertThat(trap.category()).isEqualTo(WasmErrorCategory.TRAP);
    }
  }

  @Test
  void whoEvictsAModuleGetsWhatIsThereWithoutATrial() {
    this.runtime.with(probed());
    Answering bean = bean("*");
    bean.answer(0);
    this.runtime.bytes.put("oracle-1.0.0", RolloutGuests.failingOneInTwenty(1));
    this.runtime.manager.reload("oracle");
    this.runtime.manager.rollout("oracle", "*").orElseThrow().rollBack("it traps");

    this.runtime.manager.evict("oracle");
    Logger logger = (Logger) LoggerFactory.getLogger(ModuleHandle.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    log.start();
    logger.addAppender(log);
    try {
      failure(WasmErrorCategory.TRAP, () -> bean.answer(20));
      this.runtime.manager.evict("oracle");
      failure(WasmErrorCategory.TRAP, () -> bean.answer(20));
    } finally {
      logger.detachAppender(log);
      logger.setLevel(before);
    }
    assertThat(log.list)
        .singleElement()
        .asString()
        .contains("oracle 1.0.0")
        .contains("was rolled back before");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileIsLoadedAgainAsSoonAsItHasChanged(boolean moved, @TempDir Path directory)
      throws Exception {
    Path file = Files.write(directory.resolve("oracle.wasm"), RolloutGuests.answering(1));
    this.runtime.with(
        WasmModuleDescriptor.builder("oracle")
            .location(file.toUri().toString())
            .settings(settings -> settings.watch(true)));
    Answering bean = bean("*");
    assertThat(bean.answer(0)).isEqualTo(1);

    if (moved) {
      Path other = Files.write(directory.resolve("next"), RolloutGuests.answering(2));
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.write(file, RolloutGuests.answering(2));
    }
    await().atMost(PATIENT).until(() -> bean.answer(0) == 2);

    Files.write(file, new byte[10]);
    Files.write(file, RolloutGuests.answering(3));
    await().atMost(PATIENT).until(() -> bean.answer(0) == 3);
  }
}
