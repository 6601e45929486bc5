package io.github.wasmspring.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.internal.tenant.TenantAccount;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.internal.tenant.TenantTable;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits, and who does not. */
@Timeout(60)
class WaitingLineTest {

  private static final long LONG = TimeUnit.MINUTES.toNanos(10);

  private final WaitingLine<String> line = new WaitingLine<>(() -> {});
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    this.threads.shutdownNow();
  }

  @Test
  void whoMustNotWaitDoesNothingWhileAnotherThreadHasTheLine() throws Exception {
    CountDownLatch has = new CountDownLatch(1);
    CountDownLatch mayGo = new CountDownLatch(1);
    Future<@Nullable String> waiter =
        this.threads.submit(
            () ->
                this.line.await(
                    () -> {
                      has.countDown();
                      awaitQuietly(mayGo);
                      return "found";
                    },
                    TimeUnit.SECONDS.toNanos(30)));
    has.await();
    AtomicBoolean looked = new AtomicBoolean();

    // Would wait for ever if it waited for the lock.
    this.line.tryServe(
        () -> {
          looked.set(true);
          return null;
        });

    assertThat(looked).isFalse();
    mayGo.countDown();
    assertThat(waiter.get()).isEqualTo("found");
  }

  @Test
  void whoseTenantHasHadLessIsServedBeforeWhoCameEarlier() throws Exception {
    TenantTable tenants =
        new TenantTable(
            WasmTenantSettings.DEFAULTS.with(settings -> settings.interval(Duration.ofDays(1))),
            WasmTenantResolver.NONE);
    TenantStay hostile = tenants.enter("hostile");
    hostile.timed(() -> Stream.iterate(1, each -> each + 1).limit(100).count());
    List<Future<@Nullable String>> flood = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      flood.add(await(hostile.account(), i));
    }
    Future<@Nullable String> quiet = await(tenants.enter("quiet").account(), 4);

    serveOne("for quiet");
    assertThat(quiet.get()).isEqualTo("for quiet");
    for (Future<@Nullable String> each : flood) {
      assertThat(each.isDone()).isFalse();
      serveOne("for hostile");
      assertThat(each.get()).isEqualTo("for hostile");
    }
    assertThat(this.line.length()).isZero();
    assertThat(this.line.mayBePassed()).isTrue();
  }

  private Future<@Nullable String> await(TenantAccount tenant, int length) {
    Future<@Nullable String> waiter =
        this.threads.submit(() -> this.line.await(() -> null, LONG, tenant));
    while (this.line.length() < length) {
      Thread.onSpinWait();
    }
    return waiter;
  }

  private void serveOne(String grant) {
    AtomicReference<@Nullable String> free = new AtomicReference<>(grant);
    this.line.serve(() -> free.getAndSet(null));
  }

  @Test
  void whoMustNotWaitServesALineThatNobodyHas() throws Exception {
    AtomicReference<@Nullable String> free = new AtomicReference<>();
    Future<@Nullable String> waiter =
        this.threads.submit(
            () -> this.line.await(() -> free.getAndSet(null), TimeUnit.SECONDS.toNanos(30)));
    while (this.line.length() == 0) {
      Thread.onSpinWait();
    }
    free.set("found");

    // The waiter may have the line for the moment in which it falls asleep.
    while (!waiter.isDone()) {
      this.line.tryServe(() -> free.getAndSet(null));
    }

    assertThat(waiter.get()).isEqualTo("found");
  }

  @Test
  void whatIsGivenBackGoesToTheFirstIfItWasPassed() throws Exception {
    AtomicReference<@Nullable String> free = new AtomicReference<>();
    Future<@Nullable String> waiter =
        this.threads.submit(() -> this.line.await(() -> free.getAndSet(null), LONG));
    awaitLength(1);
    this.line.freed(() -> null);
    while (this.line.mayBePassed()) {
      Thread.onSpinWait();
    }
    free.set("found");
    this.line.freed(() -> free.getAndSet(null));

    assertThat(waiter.get()).isEqualTo("found");
    assertThat(this.line.mayBePassed()).isTrue();
  }

  /** It may have been woken for something that it does not take. */
  @Test
  void whoeverLeavesTheLineWakesTheNext() throws Exception {
    CountDownLatch looked = new CountDownLatch(2);
    Future<@Nullable String> first =
        this.threads.submit(
            () ->
                this.line.await(
                    () -> {
                      looked.countDown();
                      return null;
                    },
                    LONG));
    awaitLength(1);
    AtomicReference<@Nullable String> free = new AtomicReference<>();
    Future<@Nullable String> second =
        this.threads.submit(() -> this.line.await(() -> free.getAndSet(null), LONG));
    awaitLength(2);
    free.set("found");
    this.line.freed(() -> null);
    looked.await();

    first.cancel(true);

    assertThat(second.get()).isEqualTo("found");
    assertThat(this.line.length()).isZero();
    assertThat(this.line.mayBePassed()).isTrue();
  }

  /** Some wait long, others give up; nobody waits while something is free. */
  @Test
  void nobodyWaitsWhileSomethingIsFree() throws Exception {
    AtomicReference<@Nullable String> free = new AtomicReference<>("only");
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      Random random = new Random(thread);
      running.add(
          this.threads.submit(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  borrow(free, random);
                }
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    assertThat(free.get()).isEqualTo("only");
    assertThat(this.line.length()).isZero();
    assertThat(this.line.mayBePassed()).isTrue();
  }

  private void borrow(AtomicReference<@Nullable String> free, Random random) {
    boolean patient = random.nextBoolean();
    String taken = this.line.mayBePassed() ? free.getAndSet(null) : null;
    try {
      if (taken == null) {
        taken =
            this.line.await(() -> free.getAndSet(null), patient ? LONG : random.nextInt(50_000));
      }
    } catch (InterruptedException never) {
      throw new IllegalStateException(never);
    }
    if (taken == null) {
      assertThat(patient).isFalse();
      return;
    }
    if (random.nextInt(4) == 0) {
      Thread.yield();
    }
    free.set(taken);
    this.line.freed(() -> free.getAndSet(null));
  }

  private void awaitLength(int waiting) {
    while (this.line.length() < waiting) {
      Thread.onSpinWait();
    }
    // Has the line for the moment until it sleeps.
    this.line.serve(() -> null);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
