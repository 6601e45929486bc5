package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The types of actors, and what behaves for each, which is made ready when it is first needed. */
final class ActorTypes implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(ActorTypes.class);

  /** How long Java has the turn before the module is tried again for further actors. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final WasmModuleManager manager;
  private final ActorJson json;
  private final int instances;
  private final long mostBytes;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** A type and what behaves for it. */
  private static final class Entry {

    private final WasmActorType type;
    private volatile @Nullable ActorKind kind;
    private boolean substitute;
    private long triedAt;

    private Entry(WasmActorType type) {
      this.type = type;
    }
  }

  ActorTypes(WasmModuleManager manager, ActorJson json, int instances, long mostBytes) {
    this.mostBytes = mostBytes;
    this.manager = manager;
    this.json = json;
    this.instances = instances;
  }

  void add(WasmActorType type) {
    if (this.entries.putIfAbsent(type.name(), new Entry(type)) != null) {
      throw new IllegalStateException("There is an actor type '%s' already".formatted(type.name()));
    }
  }

  Collection<WasmActorType> all() {
    Map<String, WasmActorType> sorted = new TreeMap<>();
    this.entries.forEach((name, entry) -> sorted.put(name, entry.type));
    return List.copyOf(sorted.values());
  }

  /**
   * @throws WasmException if there is no such type or module, or it can't be made ready
   */
  ActorKind kind(String type) {
    Entry entry = this.entries.get(type);
    if (entry == null) {
      entry = ofModule(type);
    }
    ActorKind known = entry.kind;
    if (known != null && (!entry.substitute || !isDue(entry))) {
      return known;
    }
    synchronized (entry) {
      ActorKind made = entry.kind;
      if (made == null || entry.substitute && isDue(entry)) {
        made = make(entry, made);
        entry.kind = made;
      }
      return made;
    }
  }

  private static boolean isDue(Entry entry) {
    return System.nanoTime() - entry.triedAt > RETRY_NANOS;
  }

  private Entry ofModule(String type) {
    if (this.manager.registry().versions(type).isEmpty()) {
      List<String> known = all().stream().map(WasmActorType::name).toList();
      throw new WasmModuleNotFoundException(
          "there is neither an actor type nor a module '%s'; types are %s (wasm.actors.types, WasmActors.register)"
              .formatted(type, known.isEmpty() ? "none" : String.join(", ", known)),
          type,
          List.of(),
          known);
    }
    Entry made = new Entry(WasmActorType.ofModule(type));
    Entry before = this.entries.putIfAbsent(type, made);
    return before == null ? made : before;
  }

  private ActorKind make(Entry entry, @Nullable ActorKind substitute) {
    WasmActorType type = entry.type;
    if (type.module() == null) {
      return new JavaKind(type);
    }
    try {
      ActorKind kind =
          ModuleKind.prepare(type, this.manager, this.json, this.instances, this.mostBytes);
      entry.substitute = false;
      return kind;
    } catch (WasmException failure) {
      if (type.behavior() == null) {
        throw failure;
      }
      entry.substitute = true;
      entry.triedAt = System.nanoTime();
      if (substitute != null) {
        return substitute;
      }
      // Modules that are switched off are meant to be.
      if (failure.category() != WasmErrorCategory.REJECTED) {
        logger.warn(
            "Actors of type {} are run by Java, for their module can't be: {}",
            type.name(),
            failure.getMessage());
      }
      return new JavaKind(type);
    }
  }

  /** Lets go of instances that nobody needs just now. */
  void closeSpare() {
    for (Entry entry : this.entries.values()) {
      ActorKind kind = entry.kind;
      if (kind != null) {
        kind.closeSpare();
      }
    }
  }

  @Override
  public void close() {
    for (Entry entry : this.entries.values()) {
      ActorKind kind = entry.kind;
      if (kind != null) {
        kind.close();
      }
    }
  }
}
