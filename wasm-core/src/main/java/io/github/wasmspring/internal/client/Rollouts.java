package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.client.DefaultWasmModuleManager.LiveModule;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.prepare.NewCode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.rollout.WasmCanarySelector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives modules other code, and says what becomes of it. */
final class Rollouts {

  private static final Logger logger = LoggerFactory.getLogger(Rollouts.class);

  /** What the owner of the modules does about it. */
  interface Owner {

    /**
     * Whether a version may take the place of another.
     *
     * @throws WasmException {@code VERSION_CONFLICT} if not
     */
    void requireReplaceable(
        LiveModule module, WasmModuleDescriptor from, WasmModuleDescriptor next);

    /** From now on whoever asks for the module finds it under the other descriptor. */
    void replace(WasmModuleDescriptor from, WasmModuleDescriptor to);

    /** The module runs what that descriptor says. */
    void replaced(WasmModuleDescriptor from, WasmModuleDescriptor to);
  }

  private final ModulePreparer preparer;
  private final WasmEventPublisher events;
  private final CodeCheck check;
  private final WasmCanarySelector selector;
  private final boolean enabled;
  private final RolloutThread thread;
  private final Owner owner;

  /**
   * @param policy who says for which side a call is, and whether modules are called at all
   */
  Rollouts(
      ModulePreparer preparer,
      WasmEventPublisher events,
      CodeCheck check,
      CallPolicy policy,
      RolloutThread thread,
      Owner owner) {
    this.preparer = preparer;
    this.events = events;
    this.check = check;
    this.selector = policy.canary();
    this.enabled = policy.enabled();
    this.thread = thread;
    this.owner = owner;
  }

  /**
   * Has a module run other code, after a trial if its settings say so.
   *
   * @param next what is to run; the module's own descriptor to load it again
   * @param ifLoaded whether nothing is to be done if the module has been evicted meanwhile
   * @return {@code null} if nothing has been done
   * @throws WasmException if the code can't be loaded or does not fit
   */
  @Nullable ModuleRollout update(
      LiveModule module, @Nullable WasmModuleDescriptor next, boolean ifLoaded) {
    ModuleHandle handle = module.handle();
    handle.beginUpdate();
    try {
      WasmModuleDescriptor from = handle.descriptor();
      return update(module, from, next != null ? next : from, ifLoaded);
    } finally {
      handle.endUpdate();
    }
  }

  private @Nullable ModuleRollout update(
      LiveModule module, WasmModuleDescriptor from, WasmModuleDescriptor to, boolean ifLoaded) {
    ModuleHandle handle = module.handle();
    handle.within(
        () -> {
          handle.requireOpen();
          refuseSecond(handle);
          this.owner.requireReplaceable(module, from, to);
          return to;
        });
    NewCode made = made(module, from, to);
    if (ifLoaded && handle.preparedOrNull() == null) {
      discard(made, from, to);
      return null;
    }
    ModuleRollout rollout = new ModuleRollout(this, handle, from, to, made);
    rollout.start();
    return rollout;
  }

  private static void refuseSecond(ModuleHandle handle) {
    ModuleRollout other = handle.trial();
    if (other != null) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED,
          "version %s of the module is on trial (%d of its %d calls have failed); promote it or roll it back before the module is given other code"
              .formatted(
                  other.to().version(), other.candidate().failures(), other.candidate().calls()),
          null);
    }
  }

  /** Ready to be called, and fit for all that calls the module. */
  private NewCode made(LiveModule module, WasmModuleDescriptor from, WasmModuleDescriptor to) {
    boolean replaces = module.handle().preparedOrNull() != null;
    NewCode made = null;
    boolean fits = false;
    try {
      made = this.preparer.prepareBeside(to);
      this.check.check(module, made.module());
      fits = true;
      return made;
    } catch (WasmException unfit) {
      WasmException located = unfit.locate(WasmErrorContext.of(to.id(), to.version()));
      if (replaces || to == from) {
        module.handle().failed(located);
      }
      if (made != null && to == from && isFinal(located.category())) {
        module.handle().remember(made.module());
      }
      if (replaces) {
        String why = "it was refused before any call: " + located.getMessage();
        this.events.publish(
            new WasmEvent.RolloutRolledBack(from.id(), from.version(), to.version(), why));
      }
      throw located;
    } finally {
      if (made != null && !fits) {
        discard(made, from, to);
      }
    }
  }

  /** Whether the same bytes would be refused the next time as well. */
  private static boolean isFinal(WasmErrorCategory refusal) {
    return switch (refusal) {
      case REJECTED, INTERRUPTED, BUDGET -> false;
      default -> true;
    };
  }

  private void discard(NewCode made, WasmModuleDescriptor from, WasmModuleDescriptor to) {
    made.module().close();
    made.reject();
    if (to != from) {
      this.preparer.forget(to);
    }
  }

  RolloutThread thread() {
    return this.thread;
  }

  /** Whether there are calls that could be shared. */
  boolean mayTry() {
    return this.enabled;
  }

  /**
   * For which side something about the caller says that a call is.
   *
   * @param first asked before the selector of the application, {@code null} to ask only that
   */
  @Nullable Boolean select(ModuleRollout rollout, @Nullable WasmCanarySelector first) {
    Boolean selected = first == null ? null : ask(first, rollout);
    return selected != null ? selected : ask(this.selector, rollout);
  }

  private static @Nullable Boolean ask(WasmCanarySelector selector, ModuleRollout rollout) {
    try {
      return selector.select(rollout);
    } catch (RuntimeException failure) {
      logger.debug("Nobody could say which code of {} a call is for", rollout.module(), failure);
      return null;
    }
  }

  void started(ModuleRollout rollout) {
    WasmModuleDescriptor from = rollout.from();
    WasmModuleDescriptor to = rollout.to();
    WasmRolloutSettings settings = rollout.settings();
    logger.info(
        "{} of WebAssembly module {} is on trial: it answers {} % of the calls{} until it has been called {} times and {} ms are over",
        to == from ? "New code" : "Version " + to.version(),
        from,
        rollout.share(),
        asked(settings.canary()),
        settings.minCalls(),
        settings.duration().toMillis());
    this.events.publish(
        new WasmEvent.RolloutStarted(from.id(), from.version(), to.version(), rollout.share()));
  }

  /** Which requests are answered by the new code besides. */
  private static String asked(WasmRolloutSettings.@Nullable Canary canary) {
    if (canary == null || (canary.header() == null && canary.principals().isEmpty())) {
      return "";
    }
    String header =
        canary.header() == null ? "" : " with the header " + canary.header() + ": always";
    String users =
        canary.principals().isEmpty() ? "" : " of %d users".formatted(canary.principals().size());
    String both = header.isEmpty() || users.isEmpty() ? "" : " or";
    return ", and those of requests" + header + both + users + ",";
  }

  void replace(ModuleRollout rollout) {
    if (rollout.to() != rollout.from()) {
      this.owner.replace(rollout.from(), rollout.to());
    }
  }

  /** It has been rolled back, and its code is not used by it any more. */
  void forget(ModuleRollout rollout) {
    if (rollout.to() != rollout.from()) {
      this.preparer.forget(rollout.to());
    }
  }

  void promoted(ModuleRollout rollout, String why, Duration duration) {
    WasmModuleDescriptor from = rollout.from();
    WasmModuleDescriptor to = rollout.to();
    if (to != from) {
      this.preparer.forget(from);
    }
    logger.info(
        "{} of WebAssembly module {} answers all calls from now on: {}",
        to == from ? "New code" : "Version " + to.version(),
        from,
        why);
    this.owner.replaced(from, to);
    this.events.publish(
        new WasmEvent.RolloutPromoted(to.id(), to.version(), from.version(), why, duration));
  }

  void rolledBack(ModuleRollout rollout, String why) {
    WasmModuleDescriptor from = rollout.from();
    WasmModuleDescriptor to = rollout.to();
    logger.warn(
        "{} of WebAssembly module {} was rolled back, and that goes on as before: {}",
        to == from ? "New code" : "Version " + to.version(),
        from,
        why);
    this.events.publish(
        new WasmEvent.RolloutRolledBack(from.id(), from.version(), to.version(), why));
  }
}
