package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of modules that actors have: no more than there are places for. Who needs one and
 * finds no place puts away that of an actor that was not used since it was last looked at, in turn
 * (a clock, as of pages of memory). An actor's own lock is held by who has its instance; others
 * only try to get it, so that nobody waits for two.
 */
final class LiveInstances implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(LiveInstances.class);

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int LOOK_AGAIN_MILLIS = 2;

  private final int most;
  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final Semaphore places;
  private final StoredStates states;

  /** Each actor with an instance is in it once; some have lost theirs meanwhile. */
  private final Queue<ActorCell> clock = new ConcurrentLinkedQueue<>();

  /** How many, which the queue would have to count. */
  private final AtomicInteger inClock = new AtomicInteger();

  private final LongAdder hibernations = new LongAdder();
  private final LongAdder wakes = new LongAdder();
  private volatile int tick;

  /** Whether what was put away last could be kept. */
  private volatile boolean hasRoom = true;

  /**
   * @param most how many there may be
   * @param mostBytes the bytes of memory above which actors are put away
   */
  LiveInstances(int most, long mostBytes, StoredStates states) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.places = new Semaphore(most);
    this.states = states;
  }

  /** The instance of an actor whose lock is held, awake. */
  BehaviorInstance awake(ActorCell actor, Supplier<WasmActorStart> start) {
    BehaviorInstance known = actor.instance;
    if (known != null) {
      actor.touched = true;
      actor.usedAt = this.tick;
      return known;
    }
    StoredStates.Stored stored = actor.stored;
    if (stored == null) {
      throw new IllegalStateException("The actor " + actor.name + " has not begun");
    }
    byte[] saved = this.states.get(stored);
    BehaviorInstance woken = placed(actor, () -> actor.kind.wake(saved, start.get()));
    actor.stored = null;
    this.states.remove(stored);
    this.wakes.increment();
    return woken;
  }

  /** A new instance for an actor whose lock is held and that has none. */
  BehaviorInstance fresh(ActorCell actor) {
    return placed(actor, actor.kind::make);
  }

  private BehaviorInstance placed(ActorCell actor, Supplier<BehaviorInstance> maker) {
    if (!actor.kind.isModule()) {
      BehaviorInstance made = maker.get();
      actor.instance = made;
      return made;
    }
    takePlace(actor);
    makeRoom();
    BehaviorInstance made = null;
    try {
      made = makeWithRoom(actor.kind, maker);
      actor.instance = made;
    } finally {
      if (made == null) {
        this.places.release();
      }
    }
    actor.touched = true;
    actor.usedAt = this.tick;
    if (!actor.inClock) {
      actor.inClock = true;
      enqueue(actor);
    }
    return made;
  }

  /** The instance of an actor whose lock is held has run. */
  void used(ActorCell actor) {
    BehaviorInstance instance = actor.instance;
    if (instance != null && instance.isModule()) {
      count(actor, instance.memoryBytes());
      makeRoom();
    }
  }

  private void count(ActorCell actor, long now) {
    long before = actor.memoryBytes;
    if (before != now) {
      actor.memoryBytes = now;
      this.bytes.addAndGet(now - before);
    }
  }

  private void makeRoom() {
    while (this.bytes.get() > this.mostBytes && hibernateOne()) {
      // Another one sleeps.
    }
  }

  private void takePlace(ActorCell actor) {
    if (this.places.tryAcquire()) {
      return;
    }
    long began = System.nanoTime();
    try {
      do {
        if (hibernateOne() && this.places.tryAcquire()
            || this.places.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      } while (System.nanoTime() - began < PATIENCE_NANOS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the thread was interrupted while the actor %s waited for an instance"
              .formatted(actor.name),
          interrupted);
    }
    throw new WasmExecutionException(
        WasmErrorCategory.REJECTED,
        "all %d instances that actors may have are busy, or can't be put away; raise max-live (the actor %s needs one)"
            .formatted(this.most, actor.name),
        null);
  }

  /** Where memory is short, others make room. */
  private BehaviorInstance makeWithRoom(ActorKind kind, Supplier<BehaviorInstance> maker) {
    for (; ; ) {
      try {
        return maker.get();
      } catch (WasmException failure) {
        boolean isShort = failure.category() == WasmErrorCategory.BUDGET;
        if (!isShort || !hibernateOne()) {
          throw failure;
        }
        kind.closeSpare();
      }
    }
  }

  private void enqueue(ActorCell actor) {
    this.clock.add(actor);
    this.inClock.incrementAndGet();
  }

  private @Nullable ActorCell dequeue() {
    ActorCell next = this.clock.poll();
    if (next != null) {
      this.inClock.decrementAndGet();
    }
    return next;
  }

  /** Puts the instance of an actor away that was not used lately. */
  private boolean hibernateOne() {
    int looks = 2 * this.inClock.get() + 1;
    for (int i = 0; i < looks; i++) {
      ActorCell next = dequeue();
      if (next == null) {
        return false;
      }
      if (hibernateUnless(next, next.touched)) {
        return true;
      }
      next.touched = false;
    }
    return false;
  }

  /**
   * @param next taken from the clock
   */
  private boolean hibernateUnless(ActorCell next, boolean used) {
    if (used || next.pinned || next.lock.isHeldByCurrentThread() || !next.lock.tryLock()) {
      enqueue(next);
      return false;
    }
    try {
      next.inClock = false;
      return next.instance != null && hibernate(next);
    } finally {
      next.lock.unlock();
    }
  }

  /** Puts the instance of an actor away whose lock is held, if it is a module's. */
  private boolean hibernate(ActorCell actor) {
    BehaviorInstance instance = actor.instance;
    if (instance == null || !instance.isModule() || !actor.begun) {
      return false;
    }
    StoredStates.Stored stored = stored(actor, instance);
    if (stored == null) {
      if (!actor.inClock) {
        actor.inClock = true;
        enqueue(actor);
      }
      return false;
    }
    actor.stored = stored;
    actor.instance = null;
    count(actor, 0);
    instance.close(true);
    this.places.release();
    this.hibernations.increment();
    return true;
  }

  /** {@code null} if it has to stay: for ever, or as long as there is nowhere to keep it. */
  private StoredStates.@Nullable Stored stored(ActorCell actor, BehaviorInstance instance) {
    byte[] saved;
    try {
      saved = instance.save();
    } catch (WasmException failure) {
      logger.warn(
          "The actor {} keeps its instance, for its snapshot failed: {}",
          actor.name,
          failure.getMessage());
      saved = null;
    }
    if (saved == null) {
      actor.pinned = true;
      return null;
    }
    try {
      StoredStates.Stored stored = this.states.put(saved);
      this.hasRoom = true;
      return stored;
    } catch (WasmException failure) {
      if (this.hasRoom) {
        logger.warn("Actors keep their instances for now: {}", failure.getMessage());
      }
      this.hasRoom = false;
      return null;
    }
  }

  /** Does that now, if nothing runs. */
  boolean hibernateNow(ActorCell actor) {
    if (!actor.lock.tryLock()) {
      return false;
    }
    try {
      return hibernate(actor);
    } finally {
      actor.lock.unlock();
    }
  }

  /**
   * Lets go of the instance of an actor whose lock is held, and of what is kept of it.
   *
   * @param fit whether somebody else may have it
   */
  void drop(ActorCell actor, boolean fit) {
    BehaviorInstance instance = actor.instance;
    actor.instance = null;
    count(actor, 0);
    if (instance != null) {
      if (instance.isModule()) {
        this.places.release();
      }
      instance.close(fit);
    }
    StoredStates.Stored stored = actor.stored;
    actor.stored = null;
    if (stored != null) {
      this.states.remove(stored);
    }
  }

  /**
   * Time passes.
   *
   * @param idle after how many ticks an instance is put away
   */
  void tick(int idle) {
    int now = this.tick + 1;
    this.tick = now;
    int looks = this.inClock.get();
    for (int i = 0; i < looks; i++) {
      ActorCell next = dequeue();
      if (next == null) {
        return;
      }
      hibernateUnless(next, now - next.usedAt < idle);
    }
  }

  int live() {
    return this.most - this.places.availablePermits();
  }

  long hibernations() {
    return this.hibernations.sum();
  }

  long wakes() {
    return this.wakes.sum();
  }

  StoredStates states() {
    return this.states;
  }

  @Override
  public void close() {
    this.clock.clear();
    this.states.close();
  }
}
