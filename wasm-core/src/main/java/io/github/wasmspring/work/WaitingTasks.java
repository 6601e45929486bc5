package io.github.wasmspring.work;

import io.github.wasmspring.internal.tenant.TenantAccount;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait, in the order of their priorities; among those of the same priority goes first
 * whose tenant has had the least of late, and then who came first. A line for each tenant, so that
 * nobody is looked at who waits behind another call of his own.
 */
final class WaitingTasks {

  private static final Comparator<CallTask<?>> ORDER =
      Comparator.<CallTask<?>>comparingInt(task -> -task.request().priority().ordinal())
          .thenComparing(CallTask::id);

  private final Map<@Nullable TenantAccount, TreeSet<CallTask<?>>> lines = new HashMap<>();
  private int size;

  int size() {
    return this.size;
  }

  void add(CallTask<?> task) {
    if (this.lines.computeIfAbsent(task.tenant(), tenant -> new TreeSet<>(ORDER)).add(task)) {
      this.size++;
    }
  }

  /**
   * @return whether it was there
   */
  boolean remove(CallTask<?> task) {
    TreeSet<CallTask<?>> line = this.lines.get(task.tenant());
    if (line == null || !line.remove(task)) {
      return false;
    }
    this.size--;
    if (line.isEmpty()) {
      this.lines.remove(task.tenant());
    }
    return true;
  }

  /** Takes out whose turn it is, {@code null} if nobody waits. */
  @Nullable CallTask<?> poll() {
    CallTask<?> next = null;
    long now = this.lines.size() > 1 ? System.nanoTime() : 0;
    for (TreeSet<CallTask<?>> line : this.lines.values()) {
      CallTask<?> first = line.first();
      if (next == null || goesBefore(first, next, now)) {
        next = first;
      }
    }
    if (next != null) {
      remove(next);
    }
    return next;
  }

  private static boolean goesBefore(CallTask<?> one, CallTask<?> other, long now) {
    int priority = one.request().priority().compareTo(other.request().priority());
    if (priority != 0) {
      return priority > 0;
    }
    int use = Double.compare(recentUse(one, now), recentUse(other, now));
    return use != 0 ? use < 0 : one.id() < other.id();
  }

  private static double recentUse(CallTask<?> task, long now) {
    TenantAccount tenant = task.tenant();
    return tenant == null ? 0 : tenant.recentUse(now);
  }
}
