package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import io.github.wasmspring.internal.adaptive.AdaptiveChoices;
import io.github.wasmspring.internal.fallback.Quarantines;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.prepare.NewCode;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.prepare.WasmLink;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One module, from registered to ready and back. What it runs, and with that its version, may be
 * replaced while calls run.
 *
 * <p>The monitor is held by whoever changes {@code prepared}, {@code trial} or {@code descriptor},
 * and while a module is loaded that calls wait for. {@code updates} is held by whoever makes other
 * code ready beside that which runs; who has both has taken {@code updates} first.
 */
final class ModuleHandle {

  private static final Logger logger = LoggerFactory.getLogger(ModuleHandle.class);

  /** A location that does not answer is not asked again for every call. */
  private static final Duration RELOAD_PAUSE = Duration.ofSeconds(5);

  private final ModulePreparer preparer;
  private final WasmEventPublisher events;
  private final Drains drains;
  private final Function<WasmModuleDescriptor, @Nullable WasmCircuitBreaker> breakers;
  private final HiddenFailures hiddenFailures = new HiddenFailures();
  private final AdaptiveChoices choices = new AdaptiveChoices();
  private final Set<CodeHolder> holders = Collections.newSetFromMap(new WeakHashMap<>());
  private final Lock updates = new ReentrantLock();
  private final Object directly = new Object();
  private volatile WasmModuleDescriptor descriptor;
  private volatile CallCounters counters = new CallCounters();
  private volatile @Nullable CallDiary diary;
  private volatile Quarantines quarantines;
  private volatile WasmErrorContext context;
  private volatile @Nullable PreparedModule prepared;
  private volatile @Nullable ModuleRollout trial;

  /** What calls may run on without asking anything else; {@code null} if they have to ask. */
  private volatile @Nullable PreparedModule direct;

  private volatile @Nullable String rejectedDigest;
  private volatile @Nullable WasmException failure;
  private volatile @Nullable Set<WasmFeature> features;
  private volatile boolean featuresRead;
  private volatile boolean loading;
  private volatile boolean disabled;
  private volatile @Nullable Supplier<WasmException> refusal;
  private long failedAt;
  private @Nullable String relinkFailure;

  /**
   * @param breakers what decides in place of quarantines, {@code null} for nothing
   * @param drains looks after what is replaced
   */
  ModuleHandle(
      WasmModuleDescriptor descriptor,
      ModulePreparer preparer,
      Function<WasmModuleDescriptor, @Nullable WasmCircuitBreaker> breakers,
      WasmEventPublisher events,
      Drains drains) {
    this.descriptor = descriptor;
    this.preparer = preparer;
    this.events = events;
    this.drains = drains;
    this.breakers = breakers;
    this.diary = CallDiary.of(descriptor.settings().debug());
    this.quarantines = quarantines(descriptor);
    this.context = WasmErrorContext.of(descriptor.id(), descriptor.version());
  }

  private Quarantines quarantines(WasmModuleDescriptor descriptor) {
    return new Quarantines(
        descriptor.settings().quarantine(), this.breakers.apply(descriptor), this.events);
  }

  WasmModuleDescriptor descriptor() {
    return this.descriptor;
  }

  CallCounters counters() {
    return this.counters;
  }

  HiddenFailures hiddenFailures() {
    return this.hiddenFailures;
  }

  /** {@code null} if calls are not written down. */
  @Nullable CallDiary diary() {
    return this.diary;
  }

  AdaptiveChoices choices() {
    return this.choices;
  }

  Quarantines quarantines() {
    return this.quarantines;
  }

  /** Does what concerns the module; a failure learns that it is one of this module. */
  <T extends @Nullable Object> T within(Supplier<T> work) {
    try {
      return work.get();
    } catch (WasmException failure) {
      throw failure.locate(this.context);
    }
  }

  /** The module ready to be called; loads it if need be. */
  PreparedModule prepared() {
    PreparedModule ready = this.prepared;
    return ready != null ? ready : within(this::prepare);
  }

  /** The same ahead of need: if it fails, the first call that needs the module tries at once. */
  void prepareAhead() {
    try {
      prepared();
    } catch (WasmException failed) {
      endPause();
      throw failed;
    }
  }

  private synchronized void endPause() {
    this.failedAt = System.nanoTime() - pause().toNanos();
  }

  @Nullable PreparedModule preparedOrNull() {
    return this.prepared;
  }

  /**
   * Whether a call of numbers may run on that, and on nothing newer. All that may speak against it
   * has been looked at before, so that it is one field to read.
   */
  boolean runs(PreparedModule module) {
    return this.direct == module;
  }

  /** To be called after each change of what {@link #runs} stands for. */
  private void changed() {
    synchronized (this.directly) {
      boolean plain =
          !this.disabled && this.trial == null && NumberCall.fits(this.descriptor.settings());
      this.direct = plain ? this.prepared : null;
    }
  }

  /** Other code of the module that is on trial, {@code null} if there is none. */
  @Nullable ModuleRollout trial() {
    return this.trial;
  }

  /** Has somebody told of code that goes, and of a version that comes, for as long as it lives. */
  void admit(CodeHolder holder) {
    synchronized (this.holders) {
      this.holders.add(holder);
      holder.follow();
    }
  }

  private void forget(PreparedModule gone) {
    synchronized (this.holders) {
      this.holders.forEach(holder -> holder.forget(gone));
    }
  }

  /** What the module uses, {@code null} if it is not loaded or nobody can tell. */
  @Nullable Set<WasmFeature> features() {
    PreparedModule ready = this.prepared;
    if (ready == null) {
      return null;
    }
    Set<WasmFeature> ofCode = ready.code().features();
    return ofCode != null ? ofCode : featuresOfBytes();
  }

  /** Build-time compiled code says nothing of it, and loading it reads no bytes. */
  private @Nullable Set<WasmFeature> featuresOfBytes() {
    if (!this.featuresRead) {
      this.features = this.preparer.features(this.descriptor);
      this.featuresRead = true;
    }
    return this.features;
  }

  /** Whether a module that could be called a moment ago has been reloaded or evicted since. */
  private boolean hasReplaced(PreparedModule old) {
    ModuleRollout current = this.trial;
    return old.pool().isClosed()
        && this.prepared != old
        && (current == null || current.code() != old);
  }

  /**
   * An instance for the caller alone.
   *
   * @param tenant whose call it is, {@code null} if there are no tenants
   * @return {@code null} if the module has been given other code meanwhile
   */
  @Nullable PooledInstance borrow(
      PreparedModule current,
      @Nullable CallCancellation cancellation,
      @Nullable TenantStay tenant) {
    try {
      return current.pool().borrowFor(cancellation, tenant == null ? null : tenant.account());
    } catch (WasmException failure) {
      if (hasReplaced(current)) {
        return null;
      }
      throw failure;
    }
  }

  private synchronized PreparedModule prepare() {
    PreparedModule ready = this.prepared;
    if (ready != null) {
      return ready;
    }
    requireOpen();
    refuseTooEarlyRetry();
    return hold(load());
  }

  /**
   * @throws WasmException if the module has been closed
   */
  void requireOpen() {
    Supplier<WasmException> refusal = this.refusal;
    if (refusal != null) {
      throw refusal.get();
    }
  }

  private PreparedModule hold(PreparedModule loaded) {
    this.prepared = loaded;
    changed();
    adopt(loaded);
    return loaded;
  }

  /** What becomes of the code by and by, becomes of the module that has it then. */
  private void adopt(PreparedModule loaded) {
    loaded.tier().begin(compiled -> replace(loaded, compiled));
  }

  /**
   * Gives a module other code while calls of it run.
   *
   * @return {@code false} if it has been reloaded, evicted or closed meanwhile
   */
  private synchronized boolean replace(PreparedModule old, PreparedModule by) {
    ModuleRollout current = this.trial;
    if (this.prepared == old) {
      this.prepared = by;
      changed();
    } else if (current == null || !current.swap(old, by)) {
      return false;
    }
    letGo(old);
    return true;
  }

  private void letGo(PreparedModule old) {
    try {
      old.close();
    } finally {
      forget(old);
    }
  }

  private void refuseTooEarlyRetry() {
    WasmException last = this.failure;
    if (last != null
        && last.category() == WasmErrorCategory.LOAD
        && System.nanoTime() - this.failedAt < pause().toNanos()) {
      throw new WasmLoadException(
          last.category(),
          last instanceof WasmLoadException load ? load.location() : null,
          "%s (the next attempt is made %d ms after the last one)"
              .formatted(last.detail(), pause().toMillis()),
          last);
    }
  }

  /** Where retries are configured, they say when to try again. */
  private Duration pause() {
    WasmModuleSettings.Retry retry = this.descriptor.settings().retry();
    return retry.maxAttempts() > 1 ? retry.delay() : RELOAD_PAUSE;
  }

  private PreparedModule load() {
    PreparedModule loaded = load(() -> this.preparer.prepare(this.descriptor));
    String digest = loaded.digest();
    if (digest != null && digest.equals(this.rejectedDigest)) {
      this.rejectedDigest = null;
      logger.warn(
          "WebAssembly module {} runs code now that was rolled back before, for that is what is where it comes from, and what it ran is gone",
          this.descriptor);
    }
    return loaded;
  }

  /**
   * The code that the module runs, once more. Other code has to be checked and tried first.
   *
   * @throws WasmLoadException if there is other code where the module comes from
   */
  private PreparedModule loadSame(@Nullable PreparedModule old) {
    String digest = old == null ? null : old.digest();
    return load(
        () -> {
          if (digest != null && hasOther(digest)) {
            throw changedAsWell();
          }
          NewCode made = this.preparer.prepareBeside(this.descriptor);
          if (digest != null && !digest.equals(made.module().digest())) {
            made.module().close();
            made.reject();
            throw changedAsWell();
          }
          made.accept();
          return made.module();
        });
  }

  private static WasmLoadException changedAsWell() {
    return new WasmLoadException(
        WasmErrorCategory.LOAD,
        "its own bytes have changed as well; they are rolled out first",
        null);
  }

  private PreparedModule load(Supplier<PreparedModule> loader) {
    this.loading = true;
    try {
      PreparedModule loaded = loader.get();
      this.failure = null;
      return loaded;
    } catch (WasmException failed) {
      this.failure = failed;
      this.failedAt = System.nanoTime();
      throw failed;
    } finally {
      this.loading = false;
    }
  }

  /** Waits until nobody else makes code ready for the module. */
  void beginUpdate() {
    this.updates.lock();
  }

  void endUpdate() {
    this.updates.unlock();
  }

  /** Of code that could not be made ready, or did not fit. */
  synchronized void failed(WasmException failed) {
    this.failure = failed;
    this.failedAt = System.nanoTime();
  }

  /**
   * Has other code answer some of the calls.
   *
   * @return {@code false} if none does that could answer the others
   */
  synchronized boolean begin(ModuleRollout rollout) {
    requireOpen();
    PreparedModule candidate = rollout.code();
    if (this.prepared == null || this.disabled || candidate == null) {
      return false;
    }
    this.trial = rollout;
    changed();
    adopt(candidate);
    return true;
  }

  /** No call goes to other code any more. */
  synchronized void end(ModuleRollout rollout) {
    if (this.trial == rollout) {
      this.trial = null;
      changed();
    }
  }

  /**
   * Code that is not called any more, or never was, goes.
   *
   * @param remembered whether its bytes are not to be tried again of themselves
   * @param drain how long calls under way may go on
   */
  void discard(PreparedModule refused, boolean remembered, Duration drain) {
    if (remembered) {
      remember(refused);
    }
    letGo(refused);
    this.drains.watch(refused, drain);
  }

  /** The bytes of that code are not to be tried again of themselves. */
  void remember(PreparedModule refused) {
    this.rejectedDigest = refused.digest();
  }

  /**
   * Has other code answer all calls.
   *
   * @throws WasmException if the module has been closed
   */
  synchronized void become(ModuleRollout rollout, boolean wasOnTrial) {
    requireOpen();
    PreparedModule old = this.prepared;
    PreparedModule code = Objects.requireNonNull(rollout.code());
    Duration drain = rollout.settings().drain();
    if (rollout.to() != this.descriptor) {
      follow(rollout.to());
    }
    this.prepared = code;
    this.trial = null;
    this.failure = null;
    this.rejectedDigest = null;
    changed();
    if (!wasOnTrial) {
      adopt(code);
    }
    this.choices.forget();
    this.quarantines.renew();
    if (old != null) {
      letGo(old);
      this.drains.watch(old, drain);
    }
  }

  private void follow(WasmModuleDescriptor next) {
    Quarantines begun = quarantines(next);
    this.quarantines.renew();
    synchronized (this.holders) {
      if (!next.version().equals(this.descriptor.version())) {
        this.counters = new CallCounters();
      }
      this.descriptor = next;
      this.diary = CallDiary.of(next.settings().debug());
      this.quarantines = begun;
      this.context = WasmErrorContext.of(next.id(), next.version());
      this.featuresRead = false;
      this.holders.forEach(CodeHolder::follow);
    }
  }

  /** Loads the same code again, for what it is linked with has changed. */
  private void reload() {
    PreparedModule old = this.prepared;
    within(
        () -> {
          requireOpen();
          return hold(loadSame(old));
        });
    this.choices.forget();
    this.quarantines.renew();
    if (old != null) {
      letGo(old);
      this.drains.watch(old, this.descriptor.settings().rollout().drain());
    }
  }

  /**
   * Has a module that is linked with one that has been reloaded linked with what that is now. If
   * that can't be, it goes on with what it is linked with. Waits for a module that is being loaded,
   * which may have read the old one; loading takes no other module's monitor.
   *
   * @param old by the digest that it is linked with, which may not be known
   * @return whether it is linked with the new one now
   */
  boolean relink(WasmModuleDescriptor reloaded, Predicate<@Nullable String> old) {
    return !this.descriptor.dependencies().isEmpty() && relinkIfRuns(reloaded, old);
  }

  private synchronized boolean relinkIfRuns(
      WasmModuleDescriptor reloaded, Predicate<@Nullable String> old) {
    PreparedModule ready = this.prepared;
    if (ready == null || links(ready, reloaded).noneMatch(link -> old.test(link.digest()))) {
      return false;
    }
    try {
      reload();
      this.relinkFailure = null;
      return true;
    } catch (WasmException failed) {
      boolean known = failed.getMessage().equals(this.relinkFailure);
      this.relinkFailure = failed.getMessage();
      logger
          .atLevel(known ? Level.DEBUG : Level.WARN)
          .log(
              "WebAssembly module {} goes on with {} as it was before that was reloaded, for it can't be linked with what that is now: {}",
              this.descriptor,
              reloaded,
              failed.getMessage());
      return false;
    }
  }

  private static Stream<WasmLink> links(PreparedModule ready, WasmModuleDescriptor library) {
    return ready.links().stream()
        .filter(
            link -> link.module().equals(library.id()) && link.version().equals(library.version()));
  }

  /** The digests that the module is linked with of one of its libraries, as far as it is known. */
  Stream<String> digestsOf(WasmModuleDescriptor library) {
    PreparedModule ready = this.prepared;
    return ready == null
        ? Stream.empty()
        : links(ready, library).map(WasmLink::digest).flatMap(Stream::ofNullable);
  }

  /**
   * Whether a digest that others are linked with is another than that of the module now: than that
   * of what is called, or else of what is where it comes from.
   */
  boolean isOld(String digest) {
    PreparedModule running = this.prepared;
    String current = running == null ? null : running.digest();
    return current == null ? hasOther(digest) : !digest.equals(current);
  }

  private boolean hasOther(String digest) {
    return otherDigest(digest) != null;
  }

  private @Nullable String otherDigest(String digest) {
    WasmModuleDescriptor asked = this.descriptor;
    return asked.compiledClass() != null
        ? null
        : within(() -> this.preparer.changedDigest(asked, digest));
  }

  /**
   * Whether there are other bytes where the module comes from than those that it runs, which have
   * not been rolled back before. Asking takes its time: the module may have been evicted or
   * reloaded meanwhile, and then there are not.
   */
  boolean isOutdated() {
    PreparedModule running = this.prepared;
    String digest = running == null ? null : running.digest();
    if (digest == null || this.trial != null) {
      return false;
    }
    String other = otherDigest(digest);
    PreparedModule now = this.prepared;
    return other != null
        && !other.equals(this.rejectedDigest)
        && now != null
        && digest.equals(now.digest());
  }

  /** Whether nobody will ever call the module again. */
  boolean closed() {
    return this.refusal != null;
  }

  void evict() {
    endTrial("the module was evicted");
    letGo();
  }

  private void endTrial(String reason) {
    ModuleRollout current = this.trial;
    if (current != null) {
      current.abandon(reason);
    }
  }

  /** Code that was kept for the next time; a module that is being loaded is waited for. */
  synchronized void forgetCodeUnlessLoaded() {
    if (this.prepared == null) {
      this.preparer.forgetCode(this.descriptor);
    }
  }

  private synchronized void letGo() {
    PreparedModule old = this.prepared;
    this.prepared = null;
    this.failure = null;
    changed();
    this.choices.forget();
    if (this.refusal == null) {
      this.quarantines.renew();
    }
    if (old != null) {
      letGo(old);
    }
  }

  /**
   * @param refusal what whoever needs the module from now on is told, if nothing else yet
   */
  void close(Supplier<WasmException> refusal) {
    synchronized (this) {
      if (this.refusal == null) {
        this.refusal = refusal;
      }
    }
    endTrial("the module was unregistered or closed");
    letGo();
  }

  void disable(boolean off) {
    this.disabled = off;
    changed();
    if (off) {
      endTrial("the module was switched off");
    }
  }

  boolean disabled() {
    return this.disabled;
  }

  WasmModuleState state() {
    if (this.disabled) {
      return WasmModuleState.DISABLED;
    }
    if (this.prepared != null) {
      return WasmModuleState.READY;
    }
    if (this.loading) {
      return WasmModuleState.LOADING;
    }
    return this.failure != null ? WasmModuleState.FAILED : WasmModuleState.REGISTERED;
  }

  @Nullable WasmException failure() {
    return this.failure;
  }
}
