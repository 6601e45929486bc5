package io.github.wasmspring.internal.client;

import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.internal.load.WorkProgress;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after code that has been replaced: calls under way and open sessions go on with it until
 * they end, or until it has been long enough.
 */
final class Drains {

  private static final Logger logger = LoggerFactory.getLogger(Drains.class);

  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

  private final RolloutThread thread;
  private final OpenSessions sessions;
  private final WasmEventPublisher events;

  Drains(RolloutThread thread, OpenSessions sessions, WasmEventPublisher events) {
    this.thread = thread;
    this.sessions = sessions;
    this.events = events;
  }

  /**
   * @param old whose pool is closed
   * @param most how long it may go on
   */
  void watch(PreparedModule old, Duration most) {
    if (old.pool().size() > 0) {
      Drain drain = new Drain(old.descriptor(), old.pool(), most);
      drain.future = this.thread.repeat(drain, LOOK_NANOS);
    }
  }

  private final class Drain implements Runnable {

    private final WasmModuleDescriptor module;
    private final InstancePool pool;
    private final Duration most;
    private final int all;
    private final WorkProgress progress;
    private final long begin = System.nanoTime();
    private volatile @Nullable ScheduledFuture<?> future;

    Drain(WasmModuleDescriptor module, InstancePool pool, Duration most) {
      this.module = module;
      this.pool = pool;
      this.most = most;
      this.all = pool.size();
      this.progress = new WorkProgress(Drains.this.events, WasmWork.DRAIN);
    }

    @Override
    public void run() {
      int left = this.pool.size();
      boolean late = System.nanoTime() - this.begin >= this.most.toNanos();
      if (left > 0 && late) {
        logger.warn(
            "{} calls and sessions of WebAssembly module {} went on with its old code for longer than rollout.drain ({} ms), and are ended",
            left,
            this.module,
            this.most.toMillis());
        Drains.this.sessions.closeAll(this.pool);
        this.pool.expire();
      }
      boolean over = left == 0 || late;
      if (over) {
        this.progress.end(this.module.id(), this.module.version(), this.all);
      } else {
        this.progress.advance(this.module.id(), this.module.version(), this.all - left, this.all);
      }
      ScheduledFuture<?> known = this.future;
      if (over && known != null) {
        known.cancel(false);
      }
    }
  }
}
