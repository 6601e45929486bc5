package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.internal.plugin.PluginStore.HeldBlob;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a revision of what is brought: read and let in, written, loaded and linked, and only then
 * the one that is stored as such. If one of these fails, what was before goes on.
 */
final class PluginInstaller {

  private static final Logger logger = LoggerFactory.getLogger(PluginInstaller.class);

  private static final String FIRST_VERSION = "1.0.0";

  private final PluginHome home;
  private final PluginBooks books;
  private final PluginGate gate;
  private final PluginRuns runs;
  private final PluginTrials trials;
  private final WasmEventPublisher events;

  PluginInstaller(
      PluginHome home,
      PluginBooks books,
      PluginGate gate,
      PluginRuns runs,
      PluginTrials trials,
      WasmEventPublisher events) {
    this.home = home;
    this.books = books;
    this.gate = gate;
    this.runs = runs;
    this.trials = trials;
    this.events = events;
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** What is to be done about bytes that were given up before. */
  enum Again {
    TRY,
    LEAVE
  }

  /**
   * @param before {@code null} if it is a new plug-in
   * @param well whether what was before can be called, so that the same again is nothing new
   * @return the revision of the same bytes that was given up, and is left at that
   * @throws WasmException if what was before goes on
   */
  @Nullable StoredRevision put(
      WasmPluginRequest request, @Nullable StoredPlugin before, boolean well, Again again) {
    String id = request.id();
    int number = before == null ? 1 : before.last() + 1;
    StoredRevision unread = draft(request, number, before, null);
    WasmBinary binary =
        orRefuse(id, before, unread, () -> this.gate.read(request, number, unread.version()));
    StoredRevision revision = draft(request, number, before, binary);
    boolean same = before != null && revision.isSameAs(before.current());
    if (before != null && !same && again == Again.LEAVE) {
      StoredRevision givenUp = before.givenUp(revision);
      if (givenUp != null) {
        return givenUp;
      }
    }
    if (!well || !same) {
      HeldBlob held = this.books.hold(id, binary);
      try {
        this.home
            .shelf()
            .withCandidate(
                PluginLocation.of(id, number),
                revision.with(WasmPluginOutcome.CANARY, null),
                () ->
                    orRefuse(id, before, revision, () -> run(id, before, revision, binary)).run());
      } finally {
        held.close();
      }
    }
    return null;
  }

  private <T> T orRefuse(
      String id, @Nullable StoredPlugin before, StoredRevision revision, Supplier<T> step) {
    try {
      return step.get();
    } catch (WasmException refused) {
      refuse(id, before, revision, refused);
      throw refused;
    }
  }

  private static StoredRevision draft(
      WasmPluginRequest request,
      int number,
      @Nullable StoredPlugin before,
      @Nullable WasmBinary binary) {
    String version = request.version();
    String description = request.description();
    String installedBy = request.installedBy();
    byte[] signature = binary == null ? null : binary.signature();
    return new StoredRevision(
        number,
        version != null ? version : before == null ? FIRST_VERSION : before.current().version(),
        binary == null ? null : binary.digest(),
        binary == null ? 0 : binary.bytes().length,
        PluginGate.source(request),
        binary == null ? null : binary.signer(),
        signature == null ? null : new String(signature, StandardCharsets.UTF_8),
        description != null
            ? ShownText.of(description)
            : before == null ? "" : before.current().description(),
        request.dependencies(),
        now(),
        installedBy == null ? null : ShownText.of(installedBy),
        WasmPluginOutcome.REFUSED,
        null);
  }

  /**
   * Has bytes that are on the disk run.
   *
   * @return stores that they do, or else has what was before run
   */
  private Runnable run(
      String id, @Nullable StoredPlugin before, StoredRevision revision, WasmBinary binary) {
    if (before != null && !before.enabled()) {
      binary.facts();
      return () -> become(id, before, revision);
    }
    WasmModuleDescriptor module = this.home.module(id, revision);
    WasmModuleDescriptor running = this.runs.running(id);
    if (running == null) {
      this.runs.start(module);
      return () -> saveOr(() -> this.runs.stop(module), () -> become(id, before, revision));
    }
    WasmRollout rollout = this.runs.replace(running, module);
    return rollout.state() == WasmRolloutState.CANARY && before != null
        ? () -> tryOut(before, revision, rollout)
        : () ->
            saveOr(
                () -> this.runs.replaceAtOnce(module, running), () -> become(id, before, revision));
  }

  private void tryOut(StoredPlugin before, StoredRevision revision, WasmRollout rollout) {
    StoredRevision candidate = revision.with(WasmPluginOutcome.CANARY, null);
    saveOr(
        () -> rollout.rollBack("that it is on trial could not be stored"),
        () -> this.books.save(before.with(candidate)));
    this.trials.begin(before.id(), revision.number(), rollout);
  }

  private void become(String id, @Nullable StoredPlugin before, StoredRevision revision) {
    if (before == null) {
      this.books.save(StoredPlugin.first(id, revision.with(WasmPluginOutcome.ACTIVE, null), now()));
    } else {
      this.books.save(before.activate(revision, now()));
    }
    this.home.mended(id);
    if (before == null) {
      this.events.publish(
          new WasmEvent.PluginInstalled(
              id,
              revision.version(),
              revision.number(),
              String.valueOf(revision.digest()),
              revision.source()));
    } else {
      updated(id, before, revision);
    }
  }

  private void updated(String id, StoredPlugin before, StoredRevision revision) {
    this.events.publish(
        new WasmEvent.PluginUpdated(
            id,
            revision.version(),
            before.current().version(),
            revision.number(),
            String.valueOf(revision.digest()),
            revision.source()));
  }

  /** What runs is what is stored: if it can't be, it does not run. */
  private static void saveOr(Runnable undo, Runnable save) {
    try {
      save.run();
    } catch (WasmException notStored) {
      try {
        undo.run();
      } catch (RuntimeException alsoFailed) {
        notStored.addSuppressed(alsoFailed);
      }
      throw notStored;
    }
  }

  private void refuse(
      String id, @Nullable StoredPlugin before, StoredRevision revision, WasmException why) {
    String reason =
        PluginLocation.replacedIn(String.valueOf(why.getMessage()), id, revision.source());
    this.events.publish(
        new WasmEvent.PluginRefused(id, revision.version(), why.category(), reason));
    if (before == null || why.category() == WasmErrorCategory.REJECTED) {
      return;
    }
    try {
      this.books.save(before.with(revision.with(WasmPluginOutcome.REFUSED, reason)));
    } catch (WasmException notStored) {
      logger.debug("That a revision of plug-in {} was refused is not stored", id, notStored);
    }
  }
}
