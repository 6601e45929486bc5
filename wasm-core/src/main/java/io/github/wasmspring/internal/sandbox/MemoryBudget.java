package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.internal.flight.FlightLog;
import io.github.wasmspring.module.WasmMemoryAlert;
import io.github.wasmspring.sandbox.MemoryStats;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all instances of all modules may have together. Instances are admitted in the
 * order in which they come, after idle ones had to make room; one that grows beyond the budget is
 * told so by {@code memory.grow}. See docs/decisions/0015.
 *
 * <h2>Totals</h2>
 *
 * {@code used} is the sum of what the open accounts hold, {@code committed} that of their linear
 * memory, and {@code used} is never more than {@code limit}. The monitor of the budget guards both,
 * and every write of an account's own numbers, which are volatile for those who only read. An
 * account is open while it is among {@code accounts}. Whether it is open is asked under the
 * monitor, and closing it takes out what it holds in the same step: an instance that still grows
 * while it is thrown away adds nothing afterwards. Nothing else happens under the monitor: no guest
 * runs, nobody is woken, no other lock is taken but those of the maps. Figures for people add up
 * accounts without the monitor and are about right.
 *
 * <h2>Who waits</h2>
 *
 * An account that does not fit at once queues for the fair lock {@code line}. Whoever has it is
 * {@code first}: it throws idle instances away, and sleeps when there are none. While there is a
 * first, newcomers queue, and nobody makes spare instances. Between one first and the next the
 * field is {@code null} for a moment; somebody who comes just then and fits is quicker.
 *
 * <p>{@code first} is read without a lock by everybody who gives an instance back, which has to
 * cost next to nothing. Giving back has {@linkplain io.github.wasmspring.pool no barrier}, so
 * whoever does so may see nobody waiting, while the first does not see the instance. It sleeps no
 * longer than {@link #LOOK_AGAIN_NANOS}, and looks again. Waking somebody who is not first any more
 * does no harm: all of the JDK's waiting checks why it was woken.
 */
public final class MemoryBudget {

  private static final long DEFAULT = 1L << 30;

  /** Whoever makes room may miss that somebody has just begun to wait for it. */
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private static final long SUM_UP_NANOS = 1_000_000_000;

  private final long limit;
  private final Set<MemoryAccount> accounts = ConcurrentHashMap.newKeySet();
  private final Set<IdleMemory> idle = ConcurrentHashMap.newKeySet();
  private final ReentrantLock line = new ReentrantLock(true);
  private final HighWater highWater = new HighWater();
  private final MemoryAlarms alarms;
  private volatile @Nullable Thread first;
  private long used;
  private long committed;
  private long summedUp = System.nanoTime() - SUM_UP_NANOS;

  /**
   * @param limit in bytes
   */
  public MemoryBudget(long limit) {
    this(limit, List.of());
  }

  /**
   * @param limit in bytes
   * @param alerts what happens when it is used up to a mark; a {@link MemoryWatch} does it
   */
  public MemoryBudget(long limit, List<WasmMemoryAlert> alerts) {
    if (limit <= 0) {
      throw new IllegalArgumentException("The memory budget must be positive, not " + limit);
    }
    this.limit = limit;
    this.alarms =
        new MemoryAlarms(WasmEvent.MemoryAlert.ALL, WasmEvent.MemoryAlert.ALL, limit, alerts);
  }

  /** One gigabyte, but no more than {@link #mostOfHeap()}. */
  public static MemoryBudget ofDefaultSize() {
    return new MemoryBudget(defaultSize());
  }

  /** The bytes of {@link #ofDefaultSize()}. */
  public static long defaultSize() {
    return Math.min(DEFAULT, mostOfHeap());
  }

  /**
   * Half of the heap, in bytes: a memory that grows is copied, and the application needs some too.
   */
  public static long mostOfHeap() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /**
   * Waits for room for an instance. Idle instances make room for it.
   *
   * @param owner whose instance it is, for messages
   * @param bytes that it starts with
   * @param patience how long to wait
   * @throws WasmExecutionException {@code BUDGET} if there was none in time or an alert refuses new
   *     instances, {@code INTERRUPTED} if the thread was interrupted while it waited
   */
  public MemoryAccount admit(ModuleMemory owner, long bytes, Duration patience) {
    refuseWhileAlarmed(owner);
    MemoryAccount account = new MemoryAccount(this, owner);
    open(account);
    boolean admitted = false;
    try {
      admitted = this.first == null && add(account, bytes) || await(account, bytes, patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the calling thread was interrupted while it waited for room in the memory budget",
          interrupted);
    } finally {
      if (!admitted) {
        remove(account);
      }
    }
    if (!admitted) {
      throw new WasmExecutionException(WasmErrorCategory.BUDGET, refusal(bytes, patience), null);
    }
    return account;
  }

  /**
   * Room for an instance that nobody needs yet, if it is there: nobody waits for it or makes room.
   */
  public @Nullable MemoryAccount admitSpare(ModuleMemory owner, long bytes) {
    if (this.first != null || this.alarms.isRaised() || owner.alarms().isRaised()) {
      return null;
    }
    MemoryAccount account = new MemoryAccount(this, owner);
    open(account);
    if (this.first == null && add(account, bytes)) {
      return account;
    }
    remove(account);
    return null;
  }

  private void refuseWhileAlarmed(ModuleMemory owner) {
    while (this.alarms.refusal() != null) {
      this.alarms.update(used());
      if (this.alarms.refusal() == null || !evict()) {
        break;
      }
    }
    refuseWhile(this.alarms.refusal(), "wasm.memory.alerts", "of the memory budget are in use");
    if (owner.alarms().refusal() != null) {
      owner.alarms().update(largestOf(owner));
    }
    refuseWhile(
        owner.alarms().refusal(),
        "limits.memory-alerts",
        "of its memory limit are in use by another instance");
  }

  private static void refuseWhile(@Nullable MemoryAlarm alarm, String property, String what) {
    if (alarm != null) {
      throw new WasmExecutionException(
          WasmErrorCategory.BUDGET,
          "no new instance is made after %d %% %s, until it is less than %d bytes (%s)"
              .formatted(alarm.threshold(), what, alarm.lowerMark(), property),
          null);
    }
  }

  private boolean await(MemoryAccount account, long bytes, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    if (bytes > this.limit || !this.line.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      this.first = Thread.currentThread();
      while (!add(account, bytes)) {
        if (evict()) {
          continue;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, Math.min(left, LOOK_AGAIN_NANOS));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return true;
    } finally {
      this.first = null;
      this.line.unlock();
    }
  }

  private boolean evict() {
    return this.idle.stream()
        .filter(pool -> pool.evictable() > 0)
        .sorted(Comparator.comparingLong(IdleMemory::evictable).reversed())
        .anyMatch(IdleMemory::evict);
  }

  /**
   * A guest can be in here, as deep in its stack as it likes. So there is room for all of it, or
   * nothing has happened.
   */
  boolean add(MemoryAccount account, long bytes) {
    StackRoom.require();
    return addIfRoom(account, bytes);
  }

  boolean addIfRoom(MemoryAccount account, long bytes) {
    long now;
    synchronized (this) {
      if (!this.accounts.contains(account) || !hasRoom(bytes)) {
        return false;
      }
      account.hold(account.held() + bytes);
      this.used += bytes;
      now = this.used;
    }
    this.alarms.note(now);
    return true;
  }

  /** Before something is refused, an error of the total that nobody knows how it came is mended. */
  private boolean hasRoom(long bytes) {
    if (bytes <= this.limit - this.used) {
      return true;
    }
    long now = System.nanoTime();
    if (now - this.summedUp < SUM_UP_NANOS) {
      return false;
    }
    this.summedUp = now;
    long sum = 0;
    for (MemoryAccount account : this.accounts) {
      sum += account.held();
    }
    this.used = sum;
    return bytes <= this.limit - sum;
  }

  void subtract(MemoryAccount account, long bytes) {
    synchronized (this) {
      if (this.accounts.contains(account)) {
        account.hold(account.held() - bytes);
        this.used -= bytes;
      }
    }
    lessIsHeld();
  }

  void open(MemoryAccount account) {
    this.accounts.add(account);
    account.owner().accounts().add(account);
  }

  void remove(MemoryAccount account) {
    synchronized (this) {
      if (this.accounts.remove(account)) {
        this.used -= account.held();
        this.committed -= account.committed();
        account.owner().addCommitted(-account.committed());
        account.owner().accounts().remove(account);
      }
    }
    account.owner().alarms().noteLess();
    lessIsHeld();
  }

  private void lessIsHeld() {
    this.alarms.noteLess();
    roomMayBeFree();
  }

  /** Every instance that is brought back to its beginnings says so, and most have not grown. */
  void committed(MemoryAccount account, long bytes) {
    if (bytes == account.committed()) {
      return;
    }
    StackRoom.require();
    ModuleMemory owner = account.owner();
    long more;
    long all;
    long ofOwner;
    synchronized (this) {
      more = this.accounts.contains(account) ? bytes - account.committed() : 0;
      account.commit(account.committed() + more);
      this.committed += more;
      owner.addCommitted(more);
      all = this.committed;
      ofOwner = owner.committed();
    }
    if (more > 0) {
      this.highWater.note(bytes, all);
      owner.highWater().note(bytes, ofOwner);
      owner.alarms().note(bytes);
    } else {
      owner.alarms().noteLess();
    }
  }

  void grown(MemoryAccount account) {
    ModuleMemory owner = account.owner();
    this.highWater.grown();
    owner.highWater().grown();
    if (FlightLog.get().wantsGrowth()) {
      StackRoom.require();
      FlightLog.get()
          .grown(owner.module(), owner.version(), account.committed(), account.lastGrowth());
    }
  }

  MemoryAlarms alarms() {
    return this.alarms;
  }

  /** Whether an alert wants instances to be thrown away at present. */
  public boolean isRecycling() {
    return this.alarms.mostKept() != Long.MAX_VALUE;
  }

  /** Throws idle instances away until no more than that is used, or none is left. */
  void evictDownTo(long bytes) {
    boolean freed = true;
    while (freed && used() >= bytes) {
      freed = evict();
    }
  }

  /** The bytes of linear memory of the largest instance of a module. */
  long largestOf(ModuleMemory owner) {
    long largest = 0;
    for (MemoryAccount account : owner.accounts()) {
      largest = Math.max(largest, account.committed());
    }
    return largest;
  }

  /** The memory of all instances. */
  public MemoryStats stats() {
    MemorySum sum = new MemorySum();
    this.accounts.forEach(sum::add);
    return sum.with(this.highWater);
  }

  /** The memory of the instances of one module. */
  public MemoryStats stats(ModuleMemory owner) {
    MemorySum sum = new MemorySum();
    owner.accounts().forEach(sum::add);
    return sum.with(owner.highWater());
  }

  /** Tells the first of those who wait to look again; costs next to nothing while nobody does. */
  public void roomMayBeFree() {
    Thread waiting = this.first;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** From now on, idle memory there makes room for instances that are needed. */
  public void watch(IdleMemory memory) {
    this.idle.add(memory);
  }

  public void forget(IdleMemory memory) {
    this.idle.remove(memory);
  }

  /** In bytes. */
  public long limit() {
    return this.limit;
  }

  /** The bytes that all instances have together. */
  public synchronized long used() {
    return this.used;
  }

  /** The bytes that the instances of each module have. */
  public Map<String, Long> usedByModule() {
    Map<String, Long> used = new TreeMap<>();
    this.accounts.forEach(
        account -> used.merge(account.owner().module(), account.held(), Long::sum));
    return used;
  }

  /** Why {@code bytes} more were refused, and what to do. */
  public String refusal(long bytes, Duration patience) {
    if (bytes > this.limit) {
      return "an instance starts with %d bytes of memory, and all instances of the application may have %d together; raise wasm.memory.budget"
          .formatted(bytes, this.limit);
    }
    return "the %d bytes that an instance starts with did not become free within %d ms: %d of the %d bytes of the memory budget are in use%s; raise wasm.memory.budget, or lower limits.memory or pool.max of these modules"
        .formatted(bytes, patience.toMillis(), used(), this.limit, describeUse());
  }

  private String describeUse() {
    return usedByModule().entrySet().stream()
        .filter(use -> use.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(5)
        .map(use -> use.getKey() + " " + use.getValue())
        .collect(Collectors.joining(", ", " (", ")"));
  }
}
