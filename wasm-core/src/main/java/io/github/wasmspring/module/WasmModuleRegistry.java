package io.github.wasmspring.module;

import io.github.wasmspring.WasmDependencyException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.event.WasmEventPublisher;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All modules that can be called, in all their versions. Safe for use by many threads. */
public interface WasmModuleRegistry {

  /**
   * A registry without any module.
   *
   * @param events told of modules that come and go
   */
  static WasmModuleRegistry create(WasmEventPublisher events) {
    return new DefaultWasmModuleRegistry(events);
  }

  /**
   * Adds a module; several versions of one id live side by side. Registering the same descriptor
   * object again changes nothing.
   *
   * @throws WasmVersionConflictException if another descriptor has that id and version
   */
  void register(WasmModuleDescriptor descriptor);

  /**
   * Takes a version of a module away.
   *
   * @return whether it was there
   */
  boolean unregister(String id, String version);

  /**
   * Puts a descriptor in the place of another of the same id, at once: whoever asks finds one of
   * them at any time. Where the version changes, it is told as one that has come and one that has
   * gone.
   *
   * @throws WasmModuleNotFoundException if the old descriptor is not registered
   * @throws WasmVersionConflictException as {@link #requireReplaceable} does
   * @throws UnsupportedOperationException if the registry, as is the default, has no such thing
   */
  default void replace(WasmModuleDescriptor old, WasmModuleDescriptor next) {
    throw new UnsupportedOperationException(
        "The registry %s can't replace modules".formatted(getClass().getName()));
  }

  /**
   * Whether {@link #replace} would do it as things are.
   *
   * @throws WasmVersionConflictException if another descriptor has the new version, or there would
   *     be no default version any more
   */
  default void requireReplaceable(WasmModuleDescriptor old, WasmModuleDescriptor next) {
    boolean taken =
        versions(next.id()).stream()
            .anyMatch(
                module ->
                    module != old && module != next && module.version().equals(next.version()));
    if (taken) {
      throw new WasmVersionConflictException(
          "version %s is registered already, beside %s that it is to replace"
              .formatted(next.version(), old.version()),
          next.version(),
          versions(next.id()).stream().map(WasmModuleDescriptor::version).toList());
    }
  }

  /**
   * The default version of a module: the newest within the range that {@link #useByDefault} was
   * told, or else the newest of all, releases before pre-releases.
   */
  Optional<WasmModuleDescriptor> find(String id);

  /**
   * Which version of a module is for those who ask for none in particular. From now on: who is
   * bound to a version, as beans are, stays with it. If no version within the range is there any
   * more, there is no default version.
   *
   * @param range as for {@link #find(String, String)}; {@code *} for the newest of all
   * @throws WasmModuleNotFoundException if no version of that id is registered
   * @throws WasmVersionConflictException if versions are registered, but none within the range
   * @throws UnsupportedOperationException if the registry, as is the default, has no such thing
   */
  default void useByDefault(String id, String range) {
    throw new UnsupportedOperationException(
        "The registry %s knows no default versions".formatted(getClass().getName()));
  }

  /**
   * The newest version of a module within a range.
   *
   * @param range as npm writes ranges, e.g. {@code ^1.2}, {@code >=1.0 <3}; an empty one and {@code
   *     *} ask for the default version
   * @throws IllegalArgumentException if the range can't be read
   */
  Optional<WasmModuleDescriptor> find(String id, String range);

  /**
   * The newest version of a module within a range.
   *
   * @throws WasmModuleNotFoundException if no version of that id is registered; it carries near
   *     matches
   * @throws WasmVersionConflictException if versions are registered, but none within the range
   */
  WasmModuleDescriptor get(String id, String range);

  /** All versions of a module, newest first. */
  List<WasmModuleDescriptor> versions(String id);

  /** All modules, by id and newest version first. */
  List<WasmModuleDescriptor> list();

  /**
   * The modules in whose id, description, tags or operations all words of the query occur, upper
   * and lower case alike, by id and newest version first.
   */
  List<WasmModuleDescriptor> search(String query);

  /** The module described for people, in a few lines of text. */
  String describe(String id);

  /**
   * The newest version of a module within a range and everything that it needs, each after what it
   * depends on.
   *
   * @throws WasmModuleNotFoundException if no version of that id is registered
   * @throws WasmVersionConflictException if versions are registered, but none within the range
   * @throws WasmDependencyException if a module that is needed is not registered, no version of it
   *     will do, two modules need versions that exclude each other, or modules need each other in a
   *     circle; it has all of that
   */
  default Collection<WasmModuleDescriptor> resolve(String id, String range) {
    return resolve(get(id, range));
  }

  /**
   * The same for a module that need not be registered itself.
   *
   * @throws WasmDependencyException as above
   */
  default Collection<WasmModuleDescriptor> resolve(WasmModuleDescriptor module) {
    return new DependencyResolver(this).resolve(module);
  }
}
