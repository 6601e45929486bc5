package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Puts what properties say about a module over what its provider says. */
final class ModuleIdentity {

  private final String prefix;
  private final WasmProperties.ModuleVersion properties;
  private final @Nullable String version;
  private final String versionProperty;
  private final UnaryOperator<String> ids;

  private ModuleIdentity(
      String prefix,
      WasmProperties.ModuleVersion properties,
      @Nullable String version,
      String versionProperty,
      UnaryOperator<String> ids) {
    this.prefix = prefix;
    this.properties = properties;
    this.version = version;
    this.versionProperty = versionProperty;
    this.ids = ids;
  }

  /**
   * What the properties of a module itself say.
   *
   * @param ids the id that is meant by one as it may be spelled
   */
  static ModuleIdentity of(String id, WasmProperties.Module module, UnaryOperator<String> ids) {
    return new ModuleIdentity(ModuleProperty.of(id), module, module.getVersion(), ".version", ids);
  }

  /** What they say about one of its versions. */
  static ModuleIdentity of(
      String id,
      String version,
      WasmProperties.ModuleVersion properties,
      UnaryOperator<String> ids) {
    return new ModuleIdentity(prefix(id, version), properties, version, "", ids);
  }

  /** Of the properties of a version. */
  static String prefix(String id, String version) {
    return ModuleProperty.of(id, "versions[%s]".formatted(version));
  }

  /** A module that nobody but the properties knows. */
  WasmModuleDescriptor create(String id, String location, ClassLoader classLoader) {
    return build(apply(builder(id, location, classLoader)));
  }

  /**
   * The same for a version of a module.
   *
   * @param module what is said of all its versions
   */
  WasmModuleDescriptor create(
      String id, String location, ClassLoader classLoader, ModuleIdentity module) {
    WasmModuleDescriptor.Builder builder =
        apply(module.applyCommon(builder(id, location, classLoader)));
    return this.properties.getLinks().isEmpty() ? module.build(builder) : build(builder);
  }

  /** Links are right or wrong when all dependencies are known. */
  private WasmModuleDescriptor build(WasmModuleDescriptor.Builder builder) {
    Map<String, String> links = this.properties.getLinks();
    return links.isEmpty() ? builder.build() : checked(".links", links, builder::build);
  }

  private WasmModuleDescriptor.Builder builder(
      String id, String location, ClassLoader classLoader) {
    return checked("", id, () -> WasmModuleDescriptor.builder(id))
        .location(location)
        .classLoader(classLoader);
  }

  WasmModuleDescriptor override(WasmModuleDescriptor module) {
    String location = this.properties.getLocation();
    WasmModuleDescriptor overridden =
        build(apply(location != null ? elsewhere(module, location) : module.toBuilder()));
    boolean otherDigest = !Objects.equals(module.digest(), overridden.digest());
    boolean signed = this.properties.getSignature() != null;
    // Build-time compiled code has no bytes whose digest or signature could be checked.
    return (otherDigest || signed)
            && overridden.location() != null
            && this.properties.getCompiledClass() == null
        ? overridden.toBuilder().compiledClass(null).build()
        : overridden;
  }

  /** Other bytes: neither the compiled code nor the digest of the old ones is theirs. */
  private static WasmModuleDescriptor.Builder elsewhere(
      WasmModuleDescriptor module, String location) {
    WasmModuleDescriptor.Builder builder =
        WasmModuleDescriptor.builder(module.id())
            .version(module.version())
            .description(module.description())
            .tags(module.tags().toArray(String[]::new))
            .location(location)
            .imports(module.imports().toArray(WasmImportDefinition[]::new))
            .settings(module.settings())
            .classLoader(module.classLoader());
    if (module.convention() != null) {
      builder.convention(module.convention());
    }
    module.types().forEach(builder::type);
    module.fallbacks().forEach(builder::fallback);
    module.dependencies().forEach(builder::dependency);
    module.links().forEach(builder::link);
    return builder;
  }

  private WasmModuleDescriptor.Builder apply(WasmModuleDescriptor.Builder builder) {
    if (this.version != null) {
      checked(this.versionProperty, this.version, () -> builder.version(this.version));
    }
    String digest = this.properties.getDigest();
    if (digest != null) {
      checked(".digest", digest, () -> builder.digest(digest));
    }
    String signature = this.properties.getSignature();
    if (signature != null) {
      builder.signature(signature);
    }
    String compiledClass = this.properties.getCompiledClass();
    if (compiledClass != null) {
      if (signature != null) {
        throw new InvalidConfigurationPropertyValueException(
            this.prefix + ".signature",
            signature,
            "Build-time compiled code has no bytes that could be signed; leave out the signature or compiled-class");
      }
      if (digest != null) {
        throw new InvalidConfigurationPropertyValueException(
            this.prefix + ".digest",
            digest,
            "Build-time compiled code has no bytes whose digest could be checked; leave out the digest or compiled-class");
      }
      builder.compiledClass(compiledClass);
    }
    return applyCommon(builder);
  }

  /** What is the same for all versions of a module, unless they say something else. */
  WasmModuleDescriptor.Builder applyCommon(WasmModuleDescriptor.Builder builder) {
    String description = this.properties.getDescription();
    if (description != null) {
      builder.description(description);
    }
    String convention = this.properties.getConvention();
    if (convention != null) {
      builder.convention(convention);
    }
    this.properties
        .getDependencies()
        .forEach(
            (id, range) ->
                checked(
                    ".dependencies." + id,
                    range,
                    () -> builder.dependency(this.ids.apply(id), range)));
    this.properties
        .getLinks()
        .forEach((importedFrom, id) -> builder.link(importedFrom, this.ids.apply(id)));
    return builder.tags(this.properties.getTags().toArray(String[]::new));
  }

  /** Whether more than settings is said, so that it has to be clear which version is meant. */
  boolean namesOneVersion() {
    return saysWhichOrWhere()
        || this.properties.getDigest() != null
        || this.properties.getSignature() != null
        || this.properties.getCompiledClass() != null
        || this.properties.getConvention() != null;
  }

  /** Whether it is a version of its own, beside those that are listed. */
  boolean saysWhichOrWhere() {
    return this.properties.getLocation() != null || this.version != null;
  }

  private <T> T checked(String property, @Nullable Object value, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          this.prefix + property, value, unfit.getMessage(), unfit);
    }
  }
}
