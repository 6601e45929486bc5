package io.github.wasmspring.internal.client;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent.SessionReclaimed;
import io.github.wasmspring.event.WasmEvent.SessionReclaimed.Reason;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.event.Recurrences;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that are open. Takes the instance away from a session that nobody has any more, or
 * that is open for too long.
 */
final class OpenSessions {

  private static final Logger logger = LoggerFactory.getLogger(OpenSessions.class);

  private final WasmEventPublisher events;
  private final ReferenceQueue<WasmSession> forgotten = new ReferenceQueue<>();
  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
  private final Recurrences<Kind> told = new Recurrences<>();

  /**
   * @param opener of the stack that opened it, 0 if that is not known
   */
  private record Kind(String module, String version, Reason why, int opener) {}

  OpenSessions(WasmEventPublisher events) {
    this.events = events;
  }

  /**
   * @return to be run when the session is closed
   */
  Runnable add(WasmSession session, SessionLease lease, WasmModuleDescriptor module) {
    reclaimForgotten();
    Entry entry = new Entry(session, lease, module);
    this.entries.add(entry);
    return () -> {
      this.entries.remove(entry);
      entry.clear();
    };
  }

  /** Called now and then. */
  void check() {
    reclaimForgotten();
    long now = System.nanoTime();
    for (Entry entry : this.entries) {
      if (entry.isOverdue(now)) {
        reclaim(entry, Reason.EXPIRED);
      }
    }
  }

  /** Takes the instances of a pool away from whoever has them. */
  void closeAll(InstancePool pool) {
    for (Entry entry : this.entries) {
      if (entry.lease.isOf(pool)) {
        reclaim(entry, Reason.REPLACED);
      }
    }
  }

  private void reclaimForgotten() {
    for (Object next = this.forgotten.poll(); next != null; next = this.forgotten.poll()) {
      if (next instanceof Entry entry) {
        reclaim(entry, Reason.LEAKED);
      }
    }
  }

  private void reclaim(Entry entry, Reason why) {
    this.entries.remove(entry);
    if (!entry.lease.reclaim(why)) {
      return;
    }
    WasmModuleDescriptor module = entry.module;
    Duration open = Duration.ofNanos(System.nanoTime() - entry.openedAt);
    Recurrences.Turn turn =
        this.told.count(new Kind(module.id(), module.version(), why, entry.openerHash()));
    if (turn != null && !turn.first()) {
      logger.warn(
          "{} more sessions of WebAssembly module {} lost their instance ({})",
          turn.times(),
          module,
          why);
    } else if (turn != null && why == Reason.LEAKED) {
      logger.warn(
          "A session of WebAssembly module {} was never closed; its instance was taken back after {} ms. Open sessions with try-with-resources{}",
          module,
          open.toMillis(),
          entry.opener == null ? ", and set pool.trace-sessions to see who opened this one" : "",
          entry.opener);
    } else if (turn != null && why == Reason.REPLACED) {
      logger.warn(
          "A session of WebAssembly module {} was open for {} ms and went on with code that has been replaced, for longer than rollout.drain; its instance was taken away",
          module,
          open.toMillis(),
          entry.opener);
    } else if (turn != null) {
      logger.warn(
          "A session of WebAssembly module {} was open for {} ms, longer than pool.max-session-time; its instance was taken away",
          module,
          open.toMillis(),
          entry.opener);
    }
    this.events.publish(new SessionReclaimed(module.id(), module.version(), why, open));
  }

  private final class Entry extends PhantomReference<WasmSession> {

    private final SessionLease lease;
    private final WasmModuleDescriptor module;
    private final long openedAt = System.nanoTime();
    private final long mostNanos;
    private final @Nullable Throwable opener;

    private Entry(WasmSession session, SessionLease lease, WasmModuleDescriptor module) {
      super(session, OpenSessions.this.forgotten);
      this.lease = lease;
      this.module = module;
      Pool settings = module.settings().pool();
      this.mostNanos = nanos(settings.maxSessionTime());
      this.opener = settings.traceSessions() ? new Throwable("the session was opened here") : null;
    }

    private static long nanos(Duration time) {
      Duration most = Duration.ofNanos(Long.MAX_VALUE);
      return time.compareTo(most) > 0 ? Long.MAX_VALUE : time.toNanos();
    }

    private int openerHash() {
      return this.opener == null ? 0 : Arrays.hashCode(this.opener.getStackTrace());
    }

    private boolean isOverdue(long now) {
      return this.mostNanos > 0 && now - this.openedAt > this.mostNanos;
    }
  }
}
