package io.github.wasmspring.sandbox;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import java.time.Duration;
import java.util.Comparator;
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
 */
public final class MemoryBudget {

  private static final long DEFAULT = 1L << 30;

  private final long limit;
  private final Set<MemoryAccount> accounts = ConcurrentHashMap.newKeySet();
  private final Set<IdleMemory> idle = ConcurrentHashMap.newKeySet();
  private final ReentrantLock line = new ReentrantLock(true);
  private volatile @Nullable Thread first;

  /**
   * @param limit in bytes
   */
  public MemoryBudget(long limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("The memory budget must be positive, not " + limit);
    }
    this.limit = limit;
  }

  /** One gigabyte, but no more than {@link #mostOfHeap()}. */
  public static MemoryBudget ofDefaultSize() {
    return new MemoryBudget(Math.min(DEFAULT, mostOfHeap()));
  }

  /**
   * Half of the heap, in bytes: a memory that grows is copied, and the application needs some too.
   */
  public static long mostOfHeap() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /**
   * Waits for room for an instance.
   *
   * @param owner whose instance it is, for messages
   * @param bytes that it starts with
   * @param patience how long to wait
   * @throws WasmExecutionException {@code BUDGET} if there was none in time, {@code INTERRUPTED} if
   *     the thread was interrupted while it waited
   */
  public MemoryAccount admit(String owner, long bytes, Duration patience) {
    MemoryAccount account = new MemoryAccount(this, owner);
    this.accounts.add(account);
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
        this.accounts.remove(account);
      }
    }
    if (!admitted) {
      throw new WasmExecutionException(WasmErrorCategory.BUDGET, refusal(bytes, patience), null);
    }
    return account;
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
        LockSupport.parkNanos(this, left);
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
   * A guest whose stack overflows can be in here at any point. So there is no total that could go
   * wrong, and the last thing that happens is one write.
   */
  synchronized boolean add(MemoryAccount account, long bytes) {
    if (bytes > this.limit - used()) {
      return false;
    }
    account.hold(account.held() + bytes);
    return true;
  }

  void remove(MemoryAccount account) {
    this.accounts.remove(account);
    roomMayBeFree();
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

  /**
   * The bytes that all instances have together. Nothing is added while it is summed up, or what
   * takes the place of an instance just gone would be counted beside it.
   */
  public synchronized long used() {
    long used = 0;
    for (MemoryAccount account : this.accounts) {
      used += account.held();
    }
    return used;
  }

  /** The bytes that the instances of each module have. */
  public synchronized Map<String, Long> usedByModule() {
    Map<String, Long> used = new TreeMap<>();
    this.accounts.forEach(account -> used.merge(account.owner(), account.held(), Long::sum));
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
