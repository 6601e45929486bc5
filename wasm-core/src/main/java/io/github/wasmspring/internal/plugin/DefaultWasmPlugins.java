package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.plugin.PluginInstaller.Again;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Plug-ins that are kept in a directory. */
public final class DefaultWasmPlugins implements WasmPlugins, AutoCloseable {

  private static final String BY_HAND = "rolled back by hand";

  private final PluginHome home;
  private final PluginBooks books;
  private final PluginRuns runs;
  private final PluginStatusReader statuses;
  private final PluginInstaller installer;
  private final WasmEventPublisher events;
  private final List<String> signatureSuffixes;
  private final PluginTurns turns = new PluginTurns();
  private final PluginTrials trials = new PluginTrials(this.turns, this::decided);

  /**
   * @param home whose plug-ins are registered with the manager; not closed
   * @param loader reads what is to be a plug-in, through the resolver of the home among others
   */
  public DefaultWasmPlugins(
      PluginHome home,
      WasmModuleLoader loader,
      WasmModuleManager manager,
      WasmEventPublisher events) {
    this.home = home;
    this.books = new PluginBooks(home);
    this.runs = new PluginRuns(manager);
    this.statuses = new PluginStatusReader(home, this.runs);
    this.events = events;
    this.signatureSuffixes = loader.signatureSuffixes();
    PluginGate gate = new PluginGate(home.shelf(), loader, events, home.settings().maxSize());
    this.installer = new PluginInstaller(home, this.books, gate, this.runs, this.trials, events);
  }

  /** What the file of a signature may be called behind the name of a plug-in. */
  List<String> signatureSuffixes() {
    return this.signatureSuffixes;
  }

  @Override
  public WasmPluginStatus install(WasmPluginRequest request) {
    String id = request.id();
    return this.turns.within(
        id,
        () -> {
          requireNew(id);
          this.installer.put(request, null, false, Again.TRY);
          return status(id);
        });
  }

  private void requireNew(String id) {
    for (String installed : this.books.ids()) {
      if (installed.equals(id)) {
        throw PluginFailures.conflict(
            id, null, "a plug-in of this id is installed already; update it, or remove it first");
      }
      if (installed.equalsIgnoreCase(id)) {
        throw PluginFailures.conflict(
            id,
            null,
            "the plug-in '%s' is installed, whose id differs in upper and lower case only, and not every disk can tell them apart; choose another id"
                .formatted(installed));
      }
    }
    requireFree(id);
  }

  private void requireFree(String id) {
    if (this.runs.isTaken(id)) {
      throw PluginFailures.conflict(
          id,
          null,
          "the application has a module of this id itself, and a plug-in never takes the place of one; give the plug-in another id");
    }
  }

  /** What is stored, what has become of a trial included. */
  private StoredPlugin settled(String id) {
    this.trials.settle(id);
    return this.books.require(id);
  }

  private WasmPluginStatus status(String id) {
    return this.statuses.of(this.books.require(id));
  }

  @Override
  public WasmPluginStatus update(WasmPluginRequest request) {
    return this.turns.within(
        request.id(),
        () -> {
          update(request, Again.TRY);
          return status(request.id());
        });
  }

  /**
   * An update that nobody has asked for, so that what was given up is not brought back by it.
   *
   * @return the revision that is left alone, {@code null} if there is none
   */
  @Nullable StoredRevision updateUnlessGivenUp(WasmPluginRequest request) {
    return this.turns
        .within(request.id(), () -> Optional.ofNullable(update(request, Again.LEAVE)))
        .orElse(null);
  }

  private @Nullable StoredRevision update(WasmPluginRequest request, Again again) {
    String id = request.id();
    StoredPlugin plugin = settled(id);
    requireFree(id);
    StoredRevision candidate = plugin.candidate();
    if (candidate != null) {
      throw PluginFailures.busy(
          id,
          "its revision %d (%s) is on trial; promote it or roll it back first"
              .formatted(candidate.number(), candidate.version()));
    }
    boolean well = !plugin.enabled() || this.statuses.failure(id) == null;
    return this.installer.put(request, plugin, well, again);
  }

  @Override
  public WasmPluginStatus rollBack(String id) {
    return this.turns.within(
        id,
        () -> {
          StoredRevision candidate = settled(id).candidate();
          this.trials.giveUp(id, BY_HAND);
          StoredPlugin plugin = this.books.require(id);
          if (candidate != null && candidate.number() != plugin.active()) {
            return status(id);
          }
          StoredRevision previous = plugin.previous();
          if (previous == null) {
            throw PluginFailures.conflict(
                id,
                plugin.current().version(),
                "no revision ran before its revision %d, so that there is none to go back to"
                    .formatted(plugin.active()));
          }
          goTo(plugin, previous);
          return status(id);
        });
  }

  @Override
  public WasmPluginStatus rollBack(String id, int revision) {
    return this.turns.within(
        id,
        () -> {
          this.trials.giveUp(id, BY_HAND);
          StoredPlugin plugin = this.books.require(id);
          StoredRevision wanted = plugin.find(revision);
          if (wanted == null || !wanted.kept()) {
            throw PluginFailures.conflict(
                id,
                String.valueOf(revision),
                "the bytes of its revision %d are not kept; kept are those of %s"
                    .formatted(revision, keptNumbers(plugin)));
          }
          if (revision != plugin.active() || this.statuses.failure(id) != null) {
            goTo(plugin, wanted);
          }
          return status(id);
        });
  }

  private static List<Integer> keptNumbers(StoredPlugin plugin) {
    return plugin.revisions().stream()
        .filter(StoredRevision::kept)
        .map(StoredRevision::number)
        .toList();
  }

  private void goTo(StoredPlugin plugin, StoredRevision wanted) {
    String id = plugin.id();
    boolean back = wanted.number() < plugin.active();
    StoredPlugin changed =
        back
            ? plugin.goBack(wanted, PluginInstaller.now(), BY_HAND)
            : plugin.activate(wanted, PluginInstaller.now());
    if (plugin.enabled()) {
      requireFree(id);
      Runnable undo = run(id, wanted);
      saveOr(undo, changed);
      this.home.mended(id);
    } else {
      this.books.save(changed);
    }
    String from = plugin.current().version();
    this.events.publish(
        back
            ? new WasmEvent.PluginRolledBack(id, wanted.version(), from, wanted.number(), BY_HAND)
            : new WasmEvent.PluginUpdated(
                id,
                wanted.version(),
                from,
                wanted.number(),
                String.valueOf(wanted.digest()),
                wanted.source()));
  }

  /**
   * Has a stored revision run.
   *
   * @return brings back what ran
   */
  private Runnable run(String id, StoredRevision revision) {
    WasmModuleDescriptor next = this.home.module(id, revision);
    WasmModuleDescriptor running = this.runs.running(id);
    if (running == null) {
      this.runs.start(next);
      return () -> this.runs.stop(next);
    }
    if (!String.valueOf(running.location()).equals(next.location())) {
      this.runs.replaceAtOnce(running, next);
      return () -> this.runs.replaceAtOnce(next, running);
    }
    return () -> {};
  }

  private void saveOr(Runnable undo, StoredPlugin changed) {
    try {
      this.books.save(changed);
    } catch (WasmException notStored) {
      try {
        undo.run();
      } catch (RuntimeException alsoFailed) {
        notStored.addSuppressed(alsoFailed);
      }
      throw notStored;
    }
  }

  @Override
  public WasmPluginStatus enable(String id) {
    return this.turns.within(
        id,
        () -> {
          StoredPlugin plugin = settled(id);
          requireFree(id);
          Runnable undo = run(id, plugin.current());
          if (!plugin.enabled()) {
            saveOr(undo, plugin.enabled(true));
          }
          WasmModuleDescriptor running = this.runs.running(id);
          if (running != null) {
            this.runs.enable(running);
          }
          this.home.mended(id);
          if (!plugin.enabled()) {
            this.events.publish(new WasmEvent.PluginEnabled(id, plugin.current().version()));
          }
          return status(id);
        });
  }

  @Override
  public WasmPluginStatus disable(String id) {
    return disable(id, plugin -> plugin.enabled(false), StoredRevision.DISABLED);
  }

  /** The same until its file is there again, or somebody enables it. */
  void fileGone(String id) {
    disable(id, StoredPlugin::withoutFile, StoredRevision.FILE_GONE);
  }

  boolean isFileGone(String id) {
    StoredPlugin plugin = this.books.find(id);
    return plugin != null && plugin.fileGone();
  }

  private WasmPluginStatus disable(String id, UnaryOperator<StoredPlugin> change, String reason) {
    return this.turns.within(
        id,
        () -> {
          this.trials.giveUp(id, reason);
          StoredPlugin plugin = this.books.require(id);
          if (plugin.enabled()) {
            this.books.save(change.apply(plugin));
            WasmModuleDescriptor running = this.runs.running(id);
            if (running != null) {
              this.runs.disable(running);
            }
            this.events.publish(new WasmEvent.PluginDisabled(id, plugin.current().version()));
          } else if (plugin.fileGone() && !change.apply(plugin).fileGone()) {
            this.books.save(change.apply(plugin));
          }
          return status(id);
        });
  }

  @Override
  public boolean remove(String id) {
    return this.turns.within(
        id,
        () -> {
          if (!this.books.ids().contains(id)) {
            return false;
          }
          StoredPlugin plugin = this.books.find(id);
          this.trials.end(id, "the plug-in is removed");
          this.books.delete(id);
          this.trials.forget(id);
          WasmModuleDescriptor running = this.runs.running(id);
          if (running != null) {
            this.runs.stop(running);
          }
          this.events.publish(
              new WasmEvent.PluginRemoved(id, plugin == null ? "" : plugin.current().version()));
          return true;
        });
  }

  @Override
  public List<WasmPluginStatus> list() {
    Map<String, WasmPluginStatus> all = new TreeMap<>();
    this.home
        .store()
        .damaged()
        .forEach((id, failure) -> all.put(id, PluginStatusReader.damaged(id, failure)));
    this.home
        .store()
        .plugins()
        .values()
        .forEach(each -> all.put(each.id(), this.statuses.of(each)));
    return List.copyOf(all.values());
  }

  @Override
  public Optional<WasmPluginStatus> find(String id) {
    StoredPlugin plugin = this.books.find(id);
    if (plugin != null) {
      return Optional.of(this.statuses.of(plugin));
    }
    return Optional.ofNullable(this.home.store().damaged().get(id))
        .map(failure -> PluginStatusReader.damaged(id, failure));
  }

  @Override
  public List<WasmPluginRevision> history(String id) {
    StoredPlugin plugin = this.books.find(id);
    if (plugin == null && this.books.ids().contains(id)) {
      return List.of();
    }
    List<WasmPluginRevision> history = new ArrayList<>();
    this.books.require(id).revisions().forEach(revision -> history.add(revision.shown()));
    history.sort(Comparator.comparingInt(WasmPluginRevision::number).reversed());
    return history;
  }

  /** A trial has come to its end. */
  private void decided(String id, int revision, WasmRolloutState state, String reason) {
    StoredPlugin plugin = this.books.find(id);
    StoredRevision candidate = plugin == null ? null : plugin.candidate();
    if (plugin == null || candidate == null || candidate.number() != revision) {
      return;
    }
    boolean promoted = state == WasmRolloutState.PROMOTED;
    this.books.save(
        promoted
            ? plugin.activate(candidate, PluginInstaller.now())
            : plugin.with(candidate.with(WasmPluginOutcome.ROLLED_BACK, reason)));
    this.events.publish(decision(plugin, candidate, promoted, reason));
  }

  private static WasmEvent decision(
      StoredPlugin plugin, StoredRevision candidate, boolean promoted, String reason) {
    StoredRevision current = plugin.current();
    return promoted
        ? new WasmEvent.PluginUpdated(
            plugin.id(),
            candidate.version(),
            current.version(),
            candidate.number(),
            String.valueOf(candidate.digest()),
            candidate.source())
        : new WasmEvent.PluginRolledBack(
            plugin.id(), current.version(), candidate.version(), current.number(), reason);
  }

  /** Ends what is done in the background. */
  @Override
  public void close() {
    this.trials.close();
  }
}
