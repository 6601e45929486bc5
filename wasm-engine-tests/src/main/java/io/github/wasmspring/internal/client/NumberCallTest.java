package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods of numbers only, from their first call to when they are called directly. */
@Timeout(120)
class NumberCallTest {

  /** More than it takes until a method is called directly. */
  private static final int MANY = 300;

  interface Numbers {

    int none();

    int sameInt(int value);

    long sameLong(long value);

    float sameFloat(float value);

    double sameDouble(double value);

    short sameShort(short value);

    byte sameByte(byte value);

    char sameChar(char value);

    boolean not(boolean value);

    boolean allBits();

    long subtract(int one, long two);

    double three(float one, int two, double three);

    long four(long one, long two, long three, long four);

    int five(int one, int two, int three, int four, int five);

    int divide(int one, int two);

    int spinIf(int forEver);

    int recurse(int depth);

    int grow(int pages);

    int bump(int by);
  }

  interface Safe {

    default int divide(int one, int two) {
      return -1;
    }
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private <T> T bind(Class<T> type, Consumer<WasmModuleSettings.Builder> settings) {
    this.runtime.with(
        guest("numbers")
            .settings(
                defaults ->
                    settings.accept(defaults.pool(pool -> pool.reset(WasmResetPolicy.NONE)))));
    return this.runtime.manager.bind(type, "numbers", "*");
  }

  private Numbers numbers() {
    return bind(Numbers.class, settings -> {});
  }

  private WasmModuleStatus.Calls counted() {
    return this.runtime.manager.status("numbers").get(0).calls();
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void answersLikeJavaWhicheverWayItIsCalled(WasmEngineMode mode) {
    Numbers numbers = bind(Numbers.class, settings -> settings.engineMode(mode));
    Random random = new Random(17);
    for (int i = 0; i < MANY; i++) {
      int one = random.nextInt();
      long two = random.nextLong();
      float real = Float.intBitsToFloat(one);
      double large = Double.longBitsToDouble(two);

      assertThat(numbers.none()).isEqualTo(42);
      assertThat(numbers.sameInt(one)).isEqualTo(one);
      assertThat(numbers.sameLong(two)).isEqualTo(two);
      assertThat(Float.valueOf(numbers.sameFloat(real))).isEqualTo(Float.valueOf(real));
      assertThat(Double.valueOf(numbers.sameDouble(large))).isEqualTo(Double.valueOf(large));
      assertThat(numbers.sameShort((short) one)).isEqualTo((short) one);
      assertThat(numbers.sameByte((byte) one)).isEqualTo((byte) one);
      assertThat(numbers.sameChar((char) one)).isEqualTo((char) one);
      assertThat(numbers.not(one < 0)).isEqualTo(one >= 0);
      assertThat(numbers.allBits()).isTrue();
      assertThat(numbers.subtract(one, two)).isEqualTo(one - two);
      assertThat(Double.valueOf(numbers.three(real, one, large)))
          .isEqualTo(Double.valueOf((double) real - one + large));
      assertThat(numbers.four(two, one, 3, two)).isEqualTo(two + ((long) one << 1) - (3 ^ two));
      assertThat(numbers.five(one, 2, 3, 4, one)).isEqualTo(9);
    }
    assertThat(counted().wasm()).isEqualTo(14L * MANY);
  }

  @Test
  void makesNoObjects() {
    Numbers numbers = numbers();
    long sum = call(numbers, 20 * MANY);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    sum += call(numbers, 10_000);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(sum).isNotZero();
  }

  private static long call(Numbers numbers, int times) {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += numbers.subtract(i, sum);
    }
    return sum;
  }

  @Test
  void countsEachCallOnceAndTimesSome() {
    Numbers numbers = numbers();
    for (int i = 0; i < 5 * MANY; i++) {
      numbers.sameInt(i);
    }
    failure(WasmErrorCategory.TRAP, () -> numbers.divide(1, 0));
    this.runtime.manager.reload("numbers");
    for (int i = 0; i < 5 * MANY; i++) {
      numbers.sameInt(i);
    }

    assertThat(counted().wasm()).isEqualTo(10L * MANY);
    assertThat(counted().failed()).isEqualTo(1);
    assertThat(counted().mean()).isPositive();
  }

  @Test
  void tellsAListenerOfEachCall() {
    AtomicInteger told = new AtomicInteger();
    this.runtime.events.addCallListener(
        (call, engine, source, failure, nanos) -> {
          if (call.operation().equals("sameInt")
              && engine.equals(TestEngines.COMPILED)
              && source == WasmSource.WASM
              && failure == null
              && nanos > 0) {
            told.incrementAndGet();
          }
        });
    Numbers numbers = numbers();

    for (int i = 0; i < MANY; i++) {
      numbers.sameInt(i);
    }

    assertThat(told).hasValue(MANY);
  }

  @Test
  void aTrapIsThrownAndItsInstanceThrownAway() {
    Numbers numbers = numbers();
    for (int i = 1; i <= MANY; i++) {
      assertThat(numbers.divide(i, 1)).isEqualTo(i);
      assertThat(numbers.bump(1)).isEqualTo(i);
    }

    failure(WasmErrorCategory.TRAP, () -> numbers.divide(1, 0));

    assertThat(numbers.bump(1)).isEqualTo(1);
    assertThat(this.runtime.events(WasmEvent.CallFailed.class)).hasSize(1);
  }

  @Test
  void theFallbackAnswersForATrap() {
    Safe safe = bind(Safe.class, settings -> {});
    for (int i = 1; i <= MANY; i++) {
      assertThat(safe.divide(i, 1)).isEqualTo(i);
    }

    assertThat(safe.divide(1, 0)).isEqualTo(-1);
    assertThat(counted().fallback()).isEqualTo(1);
  }

  @Test
  void anEndlessLoopIsStoppedAtItsDeadline() {
    Numbers numbers =
        bind(
            Numbers.class,
            settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(50))));
    for (int i = 0; i < MANY; i++) {
      assertThat(numbers.spinIf(0)).isZero();
    }

    for (int i = 0; i < 3; i++) {
      failure(WasmErrorCategory.TIMEOUT, () -> numbers.spinIf(1));
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(numbers.spinIf(0)).isZero();
    }
  }

  @Test
  void recursionWithoutEndIsAStackOverflow() {
    Numbers numbers = numbers();
    for (int i = 0; i < MANY; i++) {
      assertThat(numbers.recurse(10)).isEqualTo(10);
    }

    failure(WasmErrorCategory.STACK_OVERFLOW, () -> numbers.recurse(-1));

    assertThat(numbers.recurse(10)).isEqualTo(10);
  }

  @Test
  void anInstanceThatHasGrownTooMuchIsNotKept() {
    Numbers numbers =
        bind(
            Numbers.class,
            settings ->
                settings.pool(pool -> pool.reset(WasmResetPolicy.NONE).recycleAbove(4L * 65536)));
    for (int i = 0; i < MANY; i++) {
      assertThat(numbers.grow(0)).isEqualTo(1);
    }

    assertThat(numbers.grow(2)).isEqualTo(1);
    assertThat(numbers.grow(8)).isEqualTo(3);
    assertThat(numbers.grow(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"MEMORY", "FRESH"})
  void nothingIsLeftForTheNextCallWhereInstancesAreReset(WasmResetPolicy reset) {
    Numbers numbers = bind(Numbers.class, settings -> settings.pool(pool -> pool.reset(reset)));

    for (int i = 0; i < MANY; i++) {
      assertThat(numbers.bump(1)).isEqualTo(1);
    }
  }

  @Test
  void aModuleThatIsDisabledOrReloadedIsNotCalledDirectlyAnyMore() {
    Safe safe = bind(Safe.class, settings -> {});
    Numbers numbers = this.runtime.manager.bind(Numbers.class, "numbers", "*");
    for (int i = 1; i <= MANY; i++) {
      safe.divide(i, 1);
      numbers.bump(1);
    }

    this.runtime.manager.disable("numbers");
    assertThat(safe.divide(1, 1)).isEqualTo(-1);
    failure(WasmErrorCategory.REJECTED, () -> numbers.bump(1));
    this.runtime.manager.enable("numbers");
    assertThat(safe.divide(7, 1)).isEqualTo(7);

    this.runtime.manager.reload("numbers");
    for (int i = 1; i <= MANY; i++) {
      assertThat(numbers.bump(1)).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void noInstanceIsEverHeldTwice(int instances) throws Exception {
    Numbers numbers =
        bind(
            Numbers.class,
            settings ->
                settings.pool(pool -> pool.reset(WasmResetPolicy.NONE).min(0).max(instances)));
    int threads = 6;
    int calls = 30_000;
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      all.add(
          callers.submit(
              () -> {
                for (int i = 0; i < calls; i++) {
                  numbers.bump(1);
                }
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    callers.shutdown();

    // What was added in any instance is the sum of all calls, if none was lost to another thread.
    long sum = 0;
    List<WasmSession> sessions = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      WasmSession session = this.runtime.manager.open("numbers");
      sessions.add(session);
      sum += session.memory().readInt(8);
    }
    sessions.forEach(WasmSession::close);
    assertThat(sum).isEqualTo((long) threads * calls);
    assertThat(counted().wasm()).isEqualTo((long) threads * calls);
  }

  @Test
  void aBeanIsNoJdkProxyAndCanBeExtended() {
    Numbers numbers = numbers();

    assertThat(Proxy.isProxyClass(numbers.getClass())).isFalse();
    assertThat(numbers.getClass().getModifiers()).isEqualTo(Modifier.PUBLIC | 0x1000);
    assertThat(this.runtime.manager.bind(Numbers.class, "numbers", "*").getClass())
        .isSameAs(numbers.getClass());
  }

  @Test
  void anInterfaceBesideWhichNoClassCanBeMadeIsAJdkProxy() {
    IntBinaryOperator operator = bind(IntBinaryOperator.class, settings -> {});

    assertThat(Proxy.isProxyClass(operator.getClass())).isTrue();
    for (int i = 0; i < MANY; i++) {
      assertThat(operator.applyAsInt(i, 3)).isEqualTo(i - 3);
    }
  }
}
