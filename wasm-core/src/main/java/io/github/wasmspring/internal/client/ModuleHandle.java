package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.adaptive.AdaptiveChoices;
import io.github.wasmspring.internal.fallback.Quarantines;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.prepare.WasmLink;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One version of one module, from registered to ready and back. */
final class ModuleHandle {

  private static final Logger logger = LoggerFactory.getLogger(ModuleHandle.class);

  /** A location that does not answer is not asked again for every call. */
  private static final Duration RELOAD_PAUSE = Duration.ofSeconds(5);

  private final WasmModuleDescriptor descriptor;
  private final ModulePreparer preparer;
  private final CallCounters counters = new CallCounters();
  private final HiddenFailures hiddenFailures = new HiddenFailures();
  private final @Nullable CallDiary diary;
  private final AdaptiveChoices choices = new AdaptiveChoices();
  private final Quarantines quarantines;
  private final WasmErrorContext context;
  private volatile @Nullable PreparedModule prepared;
  private volatile @Nullable WasmException failure;
  private volatile @Nullable Set<WasmFeature> features;
  private volatile boolean featuresRead;
  private volatile boolean loading;
  private volatile boolean disabled;
  private volatile @Nullable Supplier<WasmException> refusal;
  private long failedAt;
  private @Nullable String relinkFailure;

  ModuleHandle(
      WasmModuleDescriptor descriptor, ModulePreparer preparer, WasmEventPublisher events) {
    this.descriptor = descriptor;
    this.preparer = preparer;
    this.diary = CallDiary.of(descriptor.settings().debug());
    this.quarantines = new Quarantines(descriptor.settings().quarantine(), events);
    this.context = WasmErrorContext.of(descriptor.id(), descriptor.version());
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

  /** Whether a call may run on that, and on nothing newer. */
  boolean runs(PreparedModule module) {
    return this.prepared == module && !this.disabled;
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
    return old.pool().isClosed() && this.prepared != old;
  }

  /**
   * An instance for the caller alone.
   *
   * @return {@code null} if the module has been given other code meanwhile
   */
  @Nullable PooledInstance borrow(PreparedModule current, @Nullable CallCancellation cancellation) {
    try {
      return current.pool().borrowFor(cancellation);
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

  private void requireOpen() {
    Supplier<WasmException> refusal = this.refusal;
    if (refusal != null) {
      throw refusal.get();
    }
  }

  private PreparedModule hold(PreparedModule loaded) {
    this.prepared = loaded;
    loaded.tier().begin(compiled -> replace(loaded, compiled));
    return loaded;
  }

  /**
   * Gives a module other code while calls of it run.
   *
   * @return {@code false} if it has been reloaded, evicted or closed meanwhile
   */
  private synchronized boolean replace(PreparedModule old, PreparedModule by) {
    if (this.prepared != old) {
      return false;
    }
    this.prepared = by;
    old.close();
    return true;
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
    this.loading = true;
    try {
      PreparedModule loaded = this.preparer.prepare(this.descriptor);
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

  synchronized void reload() {
    PreparedModule old = this.prepared;
    within(
        () -> {
          requireOpen();
          return hold(load());
        });
    this.choices.forget();
    this.quarantines.release();
    if (old != null) {
      old.close();
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
    return this.descriptor.compiledClass() == null
        && within(() -> this.preparer.hasChanged(this.descriptor, digest));
  }

  /**
   * Loads the module again if there are other bytes where it comes from.
   *
   * @return whether it did
   */
  boolean refresh() {
    PreparedModule running = this.prepared;
    String digest = running == null ? null : running.digest();
    return digest != null && hasOther(digest) && reloadIfRuns(digest);
  }

  /** Asking has taken its time: the module may have been evicted or reloaded meanwhile. */
  private synchronized boolean reloadIfRuns(String digest) {
    PreparedModule running = this.prepared;
    if (running == null || !digest.equals(running.digest())) {
      return false;
    }
    reload();
    return true;
  }

  /** Whether nobody will ever call the module again. */
  boolean closed() {
    return this.refusal != null;
  }

  synchronized void evict() {
    PreparedModule old = this.prepared;
    this.prepared = null;
    this.failure = null;
    this.choices.forget();
    if (this.refusal == null) {
      this.quarantines.release();
    }
    if (old != null) {
      old.close();
    }
  }

  /**
   * @param refusal what whoever needs the module from now on is told, if nothing else yet
   */
  synchronized void close(Supplier<WasmException> refusal) {
    if (this.refusal == null) {
      this.refusal = refusal;
    }
    evict();
  }

  void disable(boolean off) {
    this.disabled = off;
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
