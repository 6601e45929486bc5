package io.github.wasmspring.autoconfigure.endpoint;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.client.WasmCleanUp;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmStatistics;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.sandbox.MemoryStats;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Shows the modules of the application, and lets an operator act on one. */
@Endpoint(id = "wasm")
public class WasmEndpoint {

  private static final int TASKS_SHOWN = 100;

  private final WasmModuleManager manager;
  private final SharedResources shared;
  private final WasmTaskExecutor tasks;
  private final List<WasmEndpointContributor> contributors;
  private final boolean enabled;

  /**
   * @param contributors what other parts of the application show
   * @param enabled whether modules are run at all
   */
  public WasmEndpoint(
      WasmModuleManager manager,
      SharedResources shared,
      WasmTaskExecutor tasks,
      List<WasmEndpointContributor> contributors,
      boolean enabled) {
    this.manager = manager;
    this.shared = shared;
    this.tasks = tasks;
    this.contributors = contributors;
    this.enabled = enabled;
  }

  /** All modules, by id and newest version first. */
  public ModulesDescriptor modules() {
    return modules(null);
  }

  /**
   * Modules, by id and newest version first.
   *
   * @param search only those in whose id, description, tags or operations all of these words occur,
   *     {@code null} for all
   */
  @ReadOperation
  public ModulesDescriptor modules(@Nullable String search) {
    return new ModulesDescriptor(
        this.enabled,
        EngineDescriptor.of(this.shared.engine()),
        search == null ? this.manager.status() : this.manager.search(search),
        this.manager.statistics(),
        CacheDescriptor.of(this.shared),
        MemoryDescriptor.of(this.shared.budget()),
        this.tasks.tasks(TASKS_SHOWN),
        contributions());
  }

  private Map<String, Object> contributions() {
    Map<String, Object> contributions = new LinkedHashMap<>();
    this.contributors.forEach(each -> contributions.put(each.name(), each.contribute()));
    return contributions;
  }

  /**
   * A version of a module, with the others.
   *
   * @param version a version or a range, {@code null} for the default version
   * @return {@code null} if there is none of that id
   * @throws InvalidEndpointRequestException if there is no such version
   */
  @ReadOperation
  public @Nullable ModuleDescriptor module(@Selector String id, @Nullable String version) {
    List<WasmModuleStatus> versions = this.manager.status(id);
    if (versions.isEmpty()) {
      return null;
    }
    WasmModuleDescriptor meant = find(id, version);
    List<WasmModuleStatus> others =
        versions.stream().filter(each -> !each.version().equals(meant.version())).toList();
    return versions.stream()
        .filter(each -> !others.contains(each))
        .findFirst()
        .map(
            found ->
                new ModuleDescriptor(
                    found,
                    ShownSettings.of(meant.settings()),
                    RolloutDescriptor.of(this.manager, id, meant.version()),
                    others,
                    this.tasks.tasks(id, TASKS_SHOWN),
                    null))
        .orElse(null);
  }

  private WasmModuleDescriptor find(String id, @Nullable String version) {
    try {
      return this.manager.registry().get(id, range(version));
    } catch (WasmVersionConflictException | IllegalArgumentException none) {
      String reason = String.valueOf(none.getMessage());
      throw new InvalidEndpointRequestException(reason, reason, none);
    }
  }

  private static String range(@Nullable String version) {
    return version == null ? WasmModuleManager.DEFAULT : version;
  }

  /**
   * Does something to all modules.
   *
   * @param action the {@linkplain WasmApplicationAction#id() id} of an action
   * @throws InvalidEndpointRequestException if there is no such action
   */
  @WriteOperation
  public ActionDescriptor act(String action) {
    WasmApplicationAction known = WasmApplicationAction.of(action);
    if (known == null) {
      String reason =
          "There is no action '%s' for all modules; there are %s"
              .formatted(action, WasmApplicationAction.ids());
      throw new InvalidEndpointRequestException(reason, reason);
    }
    return known.perform(this.manager, this.shared);
  }

  /**
   * Does something to a version of a module.
   *
   * @param action the {@linkplain WasmModuleAction#id() id} of an action
   * @param version a version or a range, {@code null} for the default version
   * @return the module afterwards, {@code null} if there is none of that id
   * @throws InvalidEndpointRequestException if there is no such action or no such version
   */
  @WriteOperation
  public @Nullable ModuleDescriptor act(
      @Selector String id, String action, @Nullable String version) {
    WasmModuleAction known = WasmModuleAction.of(action);
    if (known == null) {
      String reason =
          "There is no action '%s'; there are %s".formatted(action, WasmModuleAction.ids());
      throw new InvalidEndpointRequestException(reason, reason);
    }
    if (this.manager.status(id).isEmpty()) {
      return null;
    }
    find(id, version);
    if (!this.enabled && known.loads()) {
      throw new IllegalStateException("Modules are not loaded while wasm.enabled is false");
    }
    if (known == WasmModuleAction.CHECK) {
      return checked(id, version);
    }
    known.perform(this.manager, this.shared, id, range(version));
    return this.manager.registry().find(id, range(version)).isPresent()
        ? module(id, version)
        : module(id, null);
  }

  private @Nullable ModuleDescriptor checked(String id, @Nullable String version) {
    WasmModuleHealth health = this.manager.check(id, range(version));
    ModuleDescriptor module = module(id, version);
    return module == null ? null : module.with(health);
  }

  /**
   * Cancels a call that answers later, be it that it waits or that it runs.
   *
   * @param id of a module
   * @param task the id of the call among the tasks of that module
   * @return the module afterwards, {@code null} if there is no such call
   */
  @DeleteOperation
  public @Nullable ModuleDescriptor cancel(@Selector String id, @Selector long task) {
    return this.tasks.cancel(id, task) ? module(id, null) : null;
  }

  /**
   * All modules.
   *
   * @param enabled whether modules are run at all
   * @param engine what runs them
   * @param modules those that were asked for
   * @param statistics of all modules together
   * @param tasks calls that answer later
   * @param contributions what other parts of the application show, each by its name
   */
  public record ModulesDescriptor(
      boolean enabled,
      EngineDescriptor engine,
      List<WasmModuleStatus> modules,
      WasmStatistics statistics,
      CacheDescriptor cache,
      MemoryDescriptor memory,
      WasmTasks tasks,
      @JsonAnyGetter Map<String, Object> contributions)
      implements OperationResponseBody {}

  /**
   * What came of an action on all modules.
   *
   * @param health whether each of them works, {@code null} if that was not asked
   * @param cleanedUp what was let go of, {@code null} if that was not asked
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ActionDescriptor(
      String action, @Nullable List<WasmModuleHealth> health, @Nullable WasmCleanUp cleanedUp)
      implements OperationResponseBody {}

  /**
   * What runs modules.
   *
   * @param features what modules may use of what has been added to WebAssembly since its first
   *     version, by engine mode
   */
  public record EngineDescriptor(String name, Map<String, Set<WasmFeature>> features) {

    static EngineDescriptor of(WasmEngine engine) {
      Map<String, Set<WasmFeature>> features = new LinkedHashMap<>();
      for (WasmEngineMode mode : WasmEngineMode.values()) {
        if (mode != WasmEngineMode.INTERPRETER || engine.interprets()) {
          features.put(mode.name().toLowerCase(Locale.ROOT), engine.features(mode));
        }
      }
      return new EngineDescriptor(engine.name(), features);
    }
  }

  /**
   * One module.
   *
   * @param module the version that was asked for
   * @param settings how that is run; variables and arguments are masked
   * @param rollout of other code for it that is under way, {@code null} if there is none
   * @param otherVersions the others, newest first
   * @param tasks calls of all versions that answer later
   * @param health whether it works, {@code null} unless that was asked
   */
  public record ModuleDescriptor(
      @JsonUnwrapped WasmModuleStatus module,
      WasmModuleSettings settings,
      @Nullable RolloutDescriptor rollout,
      List<WasmModuleStatus> otherVersions,
      WasmTasks tasks,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WasmModuleHealth health)
      implements OperationResponseBody {

    private ModuleDescriptor with(WasmModuleHealth found) {
      return new ModuleDescriptor(
          this.module, this.settings, this.rollout, this.otherVersions, this.tasks, found);
    }
  }

  /**
   * The cache of compiled modules.
   *
   * @param size how many it holds
   * @param weight the bytes that they take, about
   * @param disk what is kept on disk, {@code null} if nothing is
   */
  public record CacheDescriptor(
      long size,
      long weight,
      long hits,
      long misses,
      long evictions,
      @Nullable CompiledCodeStoreStatus disk) {

    static CacheDescriptor of(SharedResources shared) {
      CompiledModuleCache cache = shared.cache();
      return new CacheDescriptor(
          cache.size(),
          cache.weight(),
          cache.hits(),
          cache.misses(),
          cache.evictions(),
          shared.codeStore() != null ? shared.codeStore().status() : null);
    }
  }

  /**
   * The memory of all instances.
   *
   * @param budget the bytes that they may have together
   * @param used the bytes that they have
   * @param modules the bytes that the instances of each module have
   * @param linear the linear memories alone, and how guests use them
   */
  public record MemoryDescriptor(
      long budget, long used, Map<String, Long> modules, MemoryStats linear) {

    static MemoryDescriptor of(MemoryBudget budget) {
      return new MemoryDescriptor(
          budget.limit(), budget.used(), budget.usedByModule(), budget.stats());
    }
  }
}
