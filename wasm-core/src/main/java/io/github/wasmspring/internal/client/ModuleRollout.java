package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.internal.prepare.NewCode;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.rollout.CanaryShare;
import io.github.wasmspring.internal.rollout.RolloutJudge;
import io.github.wasmspring.internal.rollout.SideFigures;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Other code on its way to a module.
 *
 * <p>Many may want to end it: the judge, a caller, whoever evicts or closes the module. Who takes
 * {@code phase} from {@code TRIAL} is the one who does it; nobody waits for him. {@code suspended}
 * is set before by a call that shows that the new code is to go, so that it gets no call more.
 * {@code code} is written under the monitor of the module's handle while it is on trial, and by who
 * ends it.
 */
final class ModuleRollout implements WasmRollout {

  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

  private enum Phase {
    TRIAL(WasmRolloutState.CANARY),
    ENDING(WasmRolloutState.CANARY),
    PROMOTED(WasmRolloutState.PROMOTED),
    ROLLED_BACK(WasmRolloutState.ROLLED_BACK);

    private final WasmRolloutState shown;

    Phase(WasmRolloutState shown) {
      this.shown = shown;
    }
  }

  private final Rollouts rollouts;
  private final ModuleHandle handle;
  private final WasmModuleDescriptor from;
  private final WasmModuleDescriptor to;
  private final WasmRolloutSettings settings;
  private final RolloutJudge judge;
  private final SideFigures current = new SideFigures();
  private final SideFigures tried = new SideFigures();
  private final CanaryShare dealer;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.TRIAL);
  private final CompletableFuture<WasmRolloutState> outcome = new CompletableFuture<>();
  private final long begin = System.nanoTime();
  private volatile @Nullable NewCode made;
  private volatile @Nullable PreparedModule code;
  private volatile boolean suspended;
  private volatile boolean onTrial;
  private volatile boolean decided;
  private volatile @Nullable String reason;
  private volatile @Nullable ScheduledFuture<?> looking;

  /**
   * @param made passes all checks, and is closed by this
   */
  ModuleRollout(
      Rollouts rollouts,
      ModuleHandle handle,
      WasmModuleDescriptor from,
      WasmModuleDescriptor to,
      NewCode made) {
    this.rollouts = rollouts;
    this.handle = handle;
    this.from = from;
    this.to = to;
    this.settings = to.settings().rollout();
    this.judge = new RolloutJudge(this.settings);
    this.dealer = new CanaryShare(share());
    this.made = made;
    this.code = made.module();
  }

  /** Begins with a trial if there is to be one and something to compare with, or else ends now. */
  void start() {
    boolean wanted = this.settings.canary() != null && this.rollouts.mayTry();
    this.onTrial = wanted;
    if (wanted && begin()) {
      this.rollouts.started(this);
      lookedAtBy(this.rollouts.thread().repeat(this::look, LOOK_NANOS));
    } else {
      this.onTrial = false;
      if (take()) {
        promoteNow("it was on no trial");
      }
    }
  }

  private boolean begin() {
    try {
      return this.handle.begin(this);
    } catch (RuntimeException | Error failure) {
      abandon("it could not begin: " + failure.getMessage());
      throw failure;
    }
  }

  @Override
  public String module() {
    return this.from.id();
  }

  @Override
  public WasmModuleDescriptor from() {
    return this.from;
  }

  @Override
  public WasmModuleDescriptor to() {
    return this.to;
  }

  @Override
  public int share() {
    WasmRolloutSettings.Canary canary = this.settings.canary();
    return canary == null ? 100 : canary.share();
  }

  @Override
  public WasmRolloutState state() {
    return this.phase.get().shown;
  }

  @Override
  public Figures current() {
    return this.current.snapshot();
  }

  @Override
  public Figures candidate() {
    return this.tried.snapshot();
  }

  @Override
  public @Nullable String reason() {
    return this.reason;
  }

  @Override
  public CompletableFuture<WasmRolloutState> outcome() {
    return this.outcome.copy();
  }

  /** The code that is on trial, {@code null} when it has come to its end. */
  @Nullable PreparedModule code() {
    return this.code;
  }

  WasmRolloutSettings settings() {
    return this.settings;
  }

  /**
   * The code that is on trial has been compiled; called with the monitor of the handle.
   *
   * @return {@code false} if it is not on trial any more
   */
  boolean swap(PreparedModule old, PreparedModule by) {
    if (this.code != old) {
      return false;
    }
    this.code = by;
    return true;
  }

  /**
   * Whether the next call is for the new code. To be asked once for each call, by its caller.
   *
   * @param first asked before the selector of the application, {@code null} to ask only that
   */
  boolean choose(@Nullable WasmCanarySelector first) {
    if (this.suspended || this.phase.get() != Phase.TRIAL) {
      return false;
    }
    Boolean selected = this.rollouts.select(this, first);
    return selected != null ? selected : this.dealer.next();
  }

  /**
   * A call has ended.
   *
   * @param onTrial whether the new code was asked
   * @param failure {@code null} if it was answered
   */
  void ended(boolean onTrial, long nanos, @Nullable WasmErrorCategory failure) {
    if (failure != null && !counts(failure)) {
      return;
    }
    SideFigures side = onTrial ? this.tried : this.current;
    if (failure == null) {
      side.answered(nanos, this.judge.isLate(elapsed()));
      return;
    }
    side.failed();
    if (onTrial && this.phase.get() == Phase.TRIAL) {
      RolloutJudge.Verdict verdict = verdict();
      if (verdict.state() == WasmRolloutState.ROLLED_BACK) {
        this.suspended = true;
        this.rollouts.thread().run(() -> tryToRollBack(verdict.reason()));
      }
    }
  }

  /** What says nothing of the code is not held against it. */
  private static boolean counts(WasmErrorCategory failure) {
    return switch (failure) {
      case REJECTED, INTERRUPTED, BUDGET, INVALID_INPUT, QUARANTINED -> false;
      default -> true;
    };
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - this.begin);
  }

  private RolloutJudge.Verdict verdict() {
    return this.judge.judge(this.current, this.tried, elapsed());
  }

  /** It may have come to its end before anybody could know who looks at it. */
  private void lookedAtBy(@Nullable ScheduledFuture<?> future) {
    this.looking = future;
    if (future != null && state() != WasmRolloutState.CANARY) {
      future.cancel(false);
    }
  }

  /** By one thread at a time. */
  private void look() {
    if (this.decided) {
      return;
    }
    RolloutJudge.Verdict verdict = verdict();
    switch (verdict.state()) {
      case CANARY -> {}
      case ROLLED_BACK -> end(() -> tryToRollBack(verdict.reason()));
      case PROMOTED -> end(() -> tryToPromote(verdict.reason()));
    }
  }

  /** Whoever is quicker to end it may; then there is nothing more to look at either. */
  private void end(Runnable ending) {
    this.decided = true;
    this.rollouts.thread().run(ending);
  }

  /** Whether the caller is the one to end it. */
  private boolean take() {
    return this.phase.compareAndSet(Phase.TRIAL, Phase.ENDING);
  }

  @Override
  public void promote() {
    if (take()) {
      promoteNow("somebody promoted it" + soFar());
    } else if (this.phase.get() != Phase.PROMOTED) {
      throw over("can't be promoted any more");
    }
  }

  @Override
  public void rollBack(String reason) {
    if (take()) {
      rollBackNow(reason + soFar(), true);
    } else if (this.phase.get() != Phase.ROLLED_BACK) {
      throw over("can't be rolled back any more");
    }
  }

  private IllegalStateException over(String what) {
    String why = this.reason;
    return new IllegalStateException(
        "The rollout of module %s %s: %s"
            .formatted(this.to, what, why != null ? why : "somebody else is about to end it"));
  }

  private String soFar() {
    Figures figures = candidate();
    return "; %d of its %d calls failed".formatted(figures.failures(), figures.calls());
  }

  /** Nobody calls the module any more; that says nothing of the new code. */
  void abandon(String why) {
    if (take()) {
      rollBackNow(why, false);
    }
  }

  private void tryToPromote(String why) {
    if (take()) {
      promoteNow(why);
    }
  }

  private void tryToRollBack(String why) {
    if (take()) {
      rollBackNow(why, true);
    }
  }

  private void promoteNow(String why) {
    NewCode accepted = Objects.requireNonNull(this.made);
    try {
      this.rollouts.replace(this);
      this.handle.become(this, this.onTrial);
    } catch (RuntimeException | Error failure) {
      rollBackNow("it could not be promoted: " + failure.getMessage(), false);
      throw failure;
    }
    accepted.accept();
    finish(Phase.PROMOTED, why);
    try {
      this.rollouts.promoted(this, why, this.onTrial ? elapsed() : Duration.ZERO);
    } finally {
      this.outcome.complete(WasmRolloutState.PROMOTED);
    }
  }

  /**
   * @param remembered whether the same bytes are not to be tried again of themselves
   */
  private void rollBackNow(String why, boolean remembered) {
    NewCode refused = Objects.requireNonNull(this.made);
    this.handle.end(this);
    PreparedModule gone = Objects.requireNonNull(this.code);
    this.handle.discard(gone, remembered, this.settings.drain());
    refused.reject();
    this.rollouts.forget(this);
    finish(Phase.ROLLED_BACK, why);
    try {
      this.rollouts.rolledBack(this, why);
    } finally {
      this.outcome.complete(WasmRolloutState.ROLLED_BACK);
    }
  }

  private void finish(Phase end, String why) {
    this.made = null;
    this.code = null;
    this.reason = why;
    this.phase.set(end);
    ScheduledFuture<?> known = this.looking;
    if (known != null) {
      known.cancel(false);
    }
  }
}
