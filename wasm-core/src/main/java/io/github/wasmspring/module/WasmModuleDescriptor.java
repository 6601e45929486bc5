package io.github.wasmspring.module;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.internal.module.ApplicationClassLoader;
import io.github.wasmspring.internal.module.ShownLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/** Everything that is known about a module before it is read. Immutable. */
public final class WasmModuleDescriptor {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final String id;
  private final Semver version;
  private final String description;
  private final Set<String> tags;
  private final @Nullable String location;
  private final boolean fromOutside;
  private final @Nullable String compiledClass;
  private final @Nullable String digest;
  private final @Nullable String signature;
  private final @Nullable String convention;
  private final Set<Class<?>> types;
  private final List<WasmImportDefinition> imports;
  private final List<WasmGlobalDefinition> globals;
  private final Map<String, WasmJavaFallback> fallbacks;
  private final Map<String, String> dependencies;
  private final Map<String, String> links;
  private final @Nullable WasmPreparation preparation;
  private final WasmModuleSettings settings;
  private final ClassLoader classLoader;

  private WasmModuleDescriptor(Builder builder) {
    this.id = builder.id;
    this.version = builder.version;
    this.description = builder.description;
    this.tags = Set.copyOf(builder.tags);
    this.location = builder.location;
    this.fromOutside = builder.fromOutside;
    this.compiledClass = builder.compiledClass;
    this.digest = builder.digest;
    this.signature = builder.signature;
    this.convention = builder.convention;
    this.types = Set.copyOf(builder.types);
    this.imports = List.copyOf(builder.imports);
    this.globals = List.copyOf(builder.globals);
    this.fallbacks = Map.copyOf(builder.fallbacks);
    this.dependencies = Map.copyOf(builder.dependencies);
    this.links = Map.copyOf(builder.links);
    this.preparation = builder.preparation;
    this.settings = builder.settings.build();
    this.classLoader = builder.classLoader;
  }

  /**
   * @param id letters, digits, dots, dashes and underscores, 100 at most
   * @throws IllegalArgumentException for any other id
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /** A builder that starts with everything this descriptor says. */
  public Builder toBuilder() {
    Builder builder = new Builder(this.id);
    builder.version = this.version;
    builder.description = this.description;
    builder.tags.addAll(this.tags);
    builder.location = this.location;
    builder.fromOutside = this.fromOutside;
    builder.compiledClass = this.compiledClass;
    builder.digest = this.digest;
    builder.signature = this.signature;
    builder.convention = this.convention;
    builder.types.addAll(this.types);
    builder.imports.addAll(this.imports);
    builder.globals.addAll(this.globals);
    builder.fallbacks.putAll(this.fallbacks);
    builder.dependencies.putAll(this.dependencies);
    builder.links.putAll(this.links);
    builder.preparation = this.preparation;
    builder.settings = this.settings.toBuilder();
    builder.classLoader = this.classLoader;
    return builder;
  }

  public String id() {
    return this.id;
  }

  /** The semantic version, e.g. {@code 1.2.0}. */
  public String version() {
    return this.version.getVersion();
  }

  /**
   * Whether its version is within a range.
   *
   * @param range as npm writes ranges, e.g. {@code ^1.2}; an empty one and {@code *} have all
   *     versions
   * @throws IllegalArgumentException if the range can't be read
   */
  public boolean isWithin(String range) {
    return VersionRanges.isAny(range) || VersionRanges.matcher(this.id, range).test(this.version);
  }

  /** One sentence for people, possibly empty. */
  public String description() {
    return this.description;
  }

  public Set<String> tags() {
    return this.tags;
  }

  /** Where the bytes are, {@code null} if there is only build-time compiled code. */
  public @Nullable String location() {
    return this.location;
  }

  /** The location for people to see: without the user info, query and fragment of a URL. */
  public @Nullable String shownLocation() {
    return this.location == null ? null : ShownLocation.of(this.location);
  }

  /** Whether the location is not of the application's own configuration. */
  public boolean isFromOutside() {
    return this.fromOutside;
  }

  /** The name of the class that the engine's build-time compiler made, {@code null} if none. */
  public @Nullable String compiledClass() {
    return this.compiledClass;
  }

  /** The digest that the bytes must have, {@code sha256:} and 64 hexadecimal digits. */
  public @Nullable String digest() {
    return this.digest;
  }

  /** Where the signature is that the bytes must have, {@code null} if nothing is said of it. */
  public @Nullable String signature() {
    return this.signature;
  }

  /** The name of the calling convention, {@code null} to tell it from the exports. */
  public @Nullable String convention() {
    return this.convention;
  }

  /** The Java interfaces that come with the module and are to be beans. */
  public Set<Class<?>> types() {
    return this.types;
  }

  public List<WasmImportDefinition> imports() {
    return this.imports;
  }

  /** The globals that the module may import. */
  public List<WasmGlobalDefinition> globals() {
    return this.globals;
  }

  /** Java fallbacks by operation. */
  public Map<String, WasmJavaFallback> fallbacks() {
    return this.fallbacks;
  }

  /**
   * Version ranges by id of the modules that this one needs. What it imports from a module name
   * that is the id of one of them, it gets from that module.
   */
  public Map<String, String> dependencies() {
    return this.dependencies;
  }

  /**
   * Ids of {@link #dependencies} by the module names under which this module imports from them,
   * where these are not their ids.
   */
  public Map<String, String> links() {
    return this.links;
  }

  /** What is done once before instances are used, {@code null} for nothing. */
  public @Nullable WasmPreparation preparation() {
    return this.preparation;
  }

  public WasmModuleSettings settings() {
    return this.settings;
  }

  /** Sees the module's classes and {@code classpath:} location. */
  public ClassLoader classLoader() {
    return this.classLoader;
  }

  Semver semver() {
    return this.version;
  }

  /** For messages, e.g. {@code json 1.0.0}. */
  @Override
  public String toString() {
    return this.id + " " + version();
  }

  /** Collects what a descriptor says. */
  public static final class Builder {

    private final String id;
    private Semver version = new Semver("1.0.0");
    private String description = "";
    private final Set<String> tags = new LinkedHashSet<>();
    private @Nullable String location;
    private boolean fromOutside;
    private @Nullable String compiledClass;
    private @Nullable String digest;
    private @Nullable String signature;
    private @Nullable String convention;
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final List<WasmImportDefinition> imports = new ArrayList<>();
    private final List<WasmGlobalDefinition> globals = new ArrayList<>();
    private final Map<String, WasmJavaFallback> fallbacks = new LinkedHashMap<>();
    private final Map<String, String> dependencies = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private @Nullable WasmPreparation preparation;
    private WasmModuleSettings.Builder settings = WasmModuleSettings.DEFAULTS.toBuilder();
    private ClassLoader classLoader = ApplicationClassLoader.get();

    private Builder(String id) {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "'%s' can't be the id of a module: an id has 1 to 100 letters, digits, dots, dashes or underscores and starts with a letter or digit"
                .formatted(id));
      }
      this.id = id;
    }

    /**
     * @throws IllegalArgumentException if it is not a semantic version such as {@code 1.2.0}
     */
    public Builder version(String version) {
      Semver parsed = Semver.parse(version);
      if (parsed == null) {
        throw new IllegalArgumentException(
            "Module '%s' has the version '%s', which is not a semantic version such as 1.2.0"
                .formatted(this.id, version));
      }
      this.version = parsed;
      return this;
    }

    public Builder description(String description) {
      this.description = description;
      return this;
    }

    public Builder tags(String... tags) {
      this.tags.addAll(List.of(tags));
      return this;
    }

    public Builder location(String location) {
      this.location = location;
      this.fromOutside = false;
      return this;
    }

    /**
     * Where the module is according to somebody who is not the application, such as one who
     * installs a plug-in. Only {@code https:} and {@code oci:} locations are read then, and none in
     * a private network.
     */
    public Builder locationFromOutside(String location) {
      this.location = location;
      this.fromOutside = true;
      return this;
    }

    public Builder compiledClass(@Nullable String className) {
      this.compiledClass = className;
      return this;
    }

    /**
     * @throws IllegalArgumentException if it is not {@code sha256:} and 64 hexadecimal digits
     */
    public Builder digest(String digest) {
      this.digest = WasmDigest.normalize(this.id, digest);
      return this;
    }

    /** The bytes must have the signature that is there, made by somebody who is trusted. */
    public Builder signature(String location) {
      this.signature = location;
      return this;
    }

    public Builder convention(String convention) {
      this.convention = convention;
      return this;
    }

    /** A Java interface for the module; its default methods are fallbacks. */
    public Builder type(Class<?> type) {
      this.types.add(type);
      return this;
    }

    public Builder imports(WasmImportDefinition... imports) {
      this.imports.addAll(List.of(imports));
      return this;
    }

    public Builder globals(WasmGlobalDefinition... globals) {
      this.globals.addAll(List.of(globals));
      return this;
    }

    public Builder fallback(String operation, WasmJavaFallback fallback) {
      this.fallbacks.put(operation, fallback);
      return this;
    }

    /**
     * Another module that this one needs, with the range of versions that will do; what it imports
     * from the module name {@code id}, it gets from there.
     *
     * @throws IllegalArgumentException if the range can't be read
     */
    public Builder dependency(String id, String range) {
      VersionRanges.parse(id, range);
      this.dependencies.put(id, range);
      return this;
    }

    /**
     * What the module imports from a module name, it gets from one of its dependencies of another
     * name.
     *
     * @param importedFrom the module name of the imports
     * @param dependency the id of a {@link #dependency}
     */
    public Builder link(String importedFrom, String dependency) {
      this.links.put(importedFrom, dependency);
      return this;
    }

    /**
     * What is done with one instance before any is used; all begin as that one is then.
     *
     * @param preparation {@code null} for nothing
     */
    public Builder prepare(@Nullable WasmPreparation preparation) {
      this.preparation = preparation;
      return this;
    }

    public Builder settings(WasmModuleSettings settings) {
      this.settings = settings.toBuilder();
      return this;
    }

    public Builder executionMode(WasmExecutionMode mode) {
      return settings(settings -> settings.executionMode(mode));
    }

    /** Changes how the module is run. */
    public Builder settings(Consumer<WasmModuleSettings.Builder> change) {
      change.accept(this.settings);
      return this;
    }

    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader = classLoader;
      return this;
    }

    /**
     * @throws IllegalArgumentException if there is neither a location nor a build-time compiled
     *     class, or a link to what is no dependency
     */
    public WasmModuleDescriptor build() {
      this.links.forEach(this::requireDependency);
      if (this.location == null && this.compiledClass == null) {
        throw new IllegalArgumentException(
            "Module '%s' says neither where it is (location) nor which class the build-time compiler made of it"
                .formatted(this.id));
      }
      return new WasmModuleDescriptor(this);
    }

    private void requireDependency(String importedFrom, String dependency) {
      if (!this.dependencies.containsKey(dependency)) {
        throw new IllegalArgumentException(
            "Module '%s' takes what it imports from '%s' from the module '%s', which is none of its dependencies; say which versions of it will do (dependencies.%s)"
                .formatted(this.id, importedFrom, dependency, dependency));
      }
    }
  }
}
