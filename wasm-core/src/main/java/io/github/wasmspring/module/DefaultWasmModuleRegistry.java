package io.github.wasmspring.module;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.module.NearMatches;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/** A registry in memory. */
final class DefaultWasmModuleRegistry implements WasmModuleRegistry {

  private static final Comparator<Semver> NEWEST_FIRST =
      Comparator.comparing((Semver version) -> !version.getPreRelease().isEmpty())
          .thenComparing(Comparator.<Semver>naturalOrder().reversed());

  /** What those get who ask for no version. */
  private record Default(String range, Predicate<Semver> suits) {}

  private final NavigableMap<String, NavigableMap<Semver, WasmModuleDescriptor>> modules =
      new ConcurrentSkipListMap<>();
  private final Map<String, Default> defaults = new ConcurrentHashMap<>();
  private final WasmEventPublisher events;

  public DefaultWasmModuleRegistry(WasmEventPublisher events) {
    this.events = events;
  }

  @Override
  public void register(WasmModuleDescriptor descriptor) {
    WasmModuleDescriptor earlier = add(descriptor);
    if (earlier == descriptor) {
      return;
    }
    if (earlier != null) {
      throw conflict(
          descriptor,
          "two modules have this id and version: one at %s, the other at %s; give one of them another version or id"
              .formatted(place(earlier), place(descriptor)));
    }
    this.events.publish(new WasmEvent.ModuleRegistered(descriptor.id(), descriptor.version()));
  }

  private @org.jspecify.annotations.Nullable WasmModuleDescriptor add(
      WasmModuleDescriptor descriptor) {
    WasmModuleDescriptor[] earlier = new WasmModuleDescriptor[1];
    this.modules.compute(
        descriptor.id(),
        (id, versions) -> {
          NavigableMap<Semver, WasmModuleDescriptor> changed = new TreeMap<>(NEWEST_FIRST);
          if (versions != null) {
            changed.putAll(versions);
          }
          earlier[0] = changed.putIfAbsent(descriptor.semver(), descriptor);
          return changed;
        });
    return earlier[0];
  }

  @Override
  public void replace(WasmModuleDescriptor old, WasmModuleDescriptor next) {
    this.modules.compute(
        old.id(),
        (id, versions) -> {
          if (versions == null || versions.get(old.semver()) != old) {
            throw missing(id, old.version());
          }
          requireReplaceable(versions, old, next);
          NavigableMap<Semver, WasmModuleDescriptor> changed = new TreeMap<>(NEWEST_FIRST);
          changed.putAll(versions);
          changed.remove(old.semver());
          changed.put(next.semver(), next);
          return changed;
        });
    if (!old.version().equals(next.version())) {
      this.events.publish(new WasmEvent.ModuleRegistered(next.id(), next.version()));
      this.events.publish(new WasmEvent.ModuleUnregistered(old.id(), old.version()));
    }
  }

  @Override
  public void requireReplaceable(WasmModuleDescriptor old, WasmModuleDescriptor next) {
    NavigableMap<Semver, WasmModuleDescriptor> versions = this.modules.get(old.id());
    if (versions != null) {
      requireReplaceable(versions, old, next);
    }
  }

  private void requireReplaceable(
      NavigableMap<Semver, WasmModuleDescriptor> versions,
      WasmModuleDescriptor old,
      WasmModuleDescriptor next) {
    if (!old.id().equals(next.id())) {
      throw new IllegalArgumentException(
          "%s can't take the place of %s, which is another module".formatted(next, old));
    }
    WasmModuleDescriptor taken = versions.get(next.semver());
    if (taken != null && taken != old) {
      throw conflict(
          next,
          "this version is registered already, at %s, beside %s that it is to replace; give it another version, or replace that one"
              .formatted(place(taken), old.version()));
    }
    Default byDefault = this.defaults.get(old.id());
    if (byDefault != null
        && !byDefault.suits().test(next.semver())
        && versions.values().stream()
            .noneMatch(module -> module != old && byDefault.suits().test(module.semver()))) {
      throw conflict(
          next,
          "the default version of the module is %s, and there would be none any more; change default-version first"
              .formatted(byDefault.range()));
    }
  }

  @Override
  public boolean unregister(String id, String version) {
    Semver parsed = Semver.parse(version);
    if (parsed == null) {
      return false;
    }
    @Nullable WasmModuleDescriptor[] removed = new @Nullable WasmModuleDescriptor[1];
    this.modules.computeIfPresent(
        id,
        (key, versions) -> {
          NavigableMap<Semver, WasmModuleDescriptor> changed = new TreeMap<>(NEWEST_FIRST);
          changed.putAll(versions);
          removed[0] = changed.remove(parsed);
          return changed.isEmpty() ? null : changed;
        });
    WasmModuleDescriptor gone = removed[0];
    if (gone == null) {
      return false;
    }
    this.events.publish(new WasmEvent.ModuleUnregistered(id, gone.version()));
    return true;
  }

  @Override
  public Optional<WasmModuleDescriptor> find(String id) {
    NavigableMap<Semver, WasmModuleDescriptor> versions = this.modules.get(id);
    if (versions == null) {
      return Optional.empty();
    }
    Default byDefault = this.defaults.get(id);
    if (byDefault == null) {
      return Optional.of(versions.firstEntry().getValue());
    }
    for (WasmModuleDescriptor module : versions.values()) {
      if (byDefault.suits().test(module.semver())) {
        return Optional.of(module);
      }
    }
    return Optional.empty();
  }

  @Override
  public void useByDefault(String id, String range) {
    if (VersionRanges.isAny(range)) {
      this.defaults.remove(id);
      return;
    }
    get(id, range);
    this.defaults.put(id, new Default(range, VersionRanges.matcher(id, range)));
  }

  @Override
  public Optional<WasmModuleDescriptor> find(String id, String range) {
    // Every call by name comes through here, and nearly all of them want the newest.
    if (VersionRanges.isAny(range)) {
      return find(id);
    }
    Predicate<Semver> suits = VersionRanges.matcher(id, range);
    return versions(id).stream().filter(module -> suits.test(module.semver())).findFirst();
  }

  @Override
  public WasmModuleDescriptor get(String id, String range) {
    return find(id, range).orElseThrow(() -> missing(id, range));
  }

  private RuntimeException missing(String id, String range) {
    List<String> versions = versions(id).stream().map(WasmModuleDescriptor::version).toList();
    if (!versions.isEmpty()) {
      Default byDefault = VersionRanges.isAny(range) ? this.defaults.get(id) : null;
      return new WasmVersionConflictException(
              "version %s is asked for%s, but registered are only %s"
                  .formatted(
                      byDefault == null ? range : byDefault.range(),
                      byDefault == null ? "" : " by default",
                      String.join(", ", versions)),
              byDefault == null ? range : byDefault.range(),
              versions)
          .locate(WasmErrorContext.of(id, null));
    }
    List<String> known = List.copyOf(this.modules.keySet());
    List<String> near = NearMatches.of(id, known);
    String hint =
        !near.isEmpty()
            ? "; did you mean '" + String.join("' or '", near) + "'?"
            : known.isEmpty()
                ? "; no module is registered at all"
                : "; registered are " + String.join(", ", known);
    return new WasmModuleNotFoundException("no such module is registered" + hint, id, near, known)
        .locate(WasmErrorContext.of(id, null));
  }

  @Override
  public List<WasmModuleDescriptor> versions(String id) {
    NavigableMap<Semver, WasmModuleDescriptor> versions = this.modules.get(id);
    return versions == null ? List.of() : List.copyOf(versions.values());
  }

  @Override
  public List<WasmModuleDescriptor> list() {
    return this.modules.values().stream().flatMap(all -> all.values().stream()).toList();
  }

  @Override
  public List<WasmModuleDescriptor> search(String query) {
    List<String> words =
        Arrays.stream(query.toLowerCase(Locale.ROOT).strip().split("\\s+")).toList();
    return list().stream()
        .filter(module -> words.stream().allMatch(searchable(module)::contains))
        .toList();
  }

  private static String searchable(WasmModuleDescriptor module) {
    return Stream.of(
            Stream.of(module.id(), module.description()),
            module.tags().stream(),
            WasmOperations.names(module).stream())
        .flatMap(part -> part)
        .collect(Collectors.joining("\n"))
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public String describe(String id) {
    WasmModuleDescriptor module = get(id, VersionRanges.ANY);
    StringBuilder text = new StringBuilder(module.toString());
    if (!module.description().isEmpty()) {
      text.append(": ").append(module.description());
    }
    text.append("\n  at ").append(place(module));
    if (!module.tags().isEmpty()) {
      text.append("\n  tags ").append(String.join(", ", new java.util.TreeSet<>(module.tags())));
    }
    WasmOperations.of(module).forEach(op -> text.append("\n  ").append(op.describe()));
    module.imports().forEach(imp -> text.append("\n  imports ").append(imp.describe()));
    new TreeMap<>(module.dependencies())
        .forEach(
            (needed, range) -> text.append("\n  needs ").append(needed).append(' ').append(range));
    new TreeMap<>(module.links())
        .forEach(
            (imported, from) ->
                text.append("\n  takes ").append(imported).append(" from ").append(from));
    return text.toString();
  }

  private static String place(WasmModuleDescriptor module) {
    String location = module.shownLocation();
    return location != null ? location : "class " + module.compiledClass();
  }

  private static RuntimeException conflict(WasmModuleDescriptor module, String detail) {
    return new WasmVersionConflictException(detail, module.version(), List.of(module.version()))
        .locate(WasmErrorContext.of(module.id(), module.version()));
  }
}
