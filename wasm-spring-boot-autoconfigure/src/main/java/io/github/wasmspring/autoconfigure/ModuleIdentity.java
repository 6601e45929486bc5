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

  /** What is said of all versions, {@code null} if this is. */
  private final @Nullable ModuleIdentity common;

  private ModuleIdentity(
      String prefix,
      WasmProperties.ModuleVersion properties,
      @Nullable String version,
      String versionProperty,
      UnaryOperator<String> ids,
      @Nullable ModuleIdentity common) {
    this.prefix = prefix;
    this.properties = properties;
    this.version = version;
    this.versionProperty = versionProperty;
    this.ids = ids;
    this.common = common;
  }

  /**
   * What the properties of a module itself say.
   *
   * @param ids the id that is meant by one as it may be spelled
   */
  static ModuleIdentity of(String id, WasmProperties.Module module, UnaryOperator<String> ids) {
    return new ModuleIdentity(
        ModuleProperty.of(id), module, module.getVersion(), ".version", ids, null);
  }

  /** What they say about one of its versions, over what this says about all. */
  ModuleIdentity ofVersion(String id, String version, WasmProperties.ModuleVersion said) {
    return new ModuleIdentity(prefix(id, version), said, version, "", this.ids, this);
  }

  /** Of the properties of a version. */
  static String prefix(String id, String version) {
    return ModuleProperty.of(id, "versions[%s]".formatted(version));
  }

  /** A module that nobody but the properties knows. */
  WasmModuleDescriptor create(String id, String location, ClassLoader classLoader) {
    return build(apply(builder(id, location, classLoader)));
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

  /** What is said of all versions, over one of which nothing else is said. */
  WasmModuleDescriptor overrideCommon(WasmModuleDescriptor module) {
    return build(applyCommon(module.toBuilder()));
  }

  /** Links are right or wrong when all dependencies are known. */
  private WasmModuleDescriptor build(WasmModuleDescriptor.Builder builder) {
    ModuleIdentity linking =
        this.common != null && this.properties.getLinks().isEmpty() ? this.common : this;
    Map<String, String> links = linking.properties.getLinks();
    return links.isEmpty() ? builder.build() : linking.checked(".links", links, builder::build);
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
    if (this.common != null) {
      this.common.applyCommon(builder);
    }
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
  private WasmModuleDescriptor.Builder applyCommon(WasmModuleDescriptor.Builder builder) {
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

  /**
   * Nothing that protects one version is to be left out in silence because others are listed.
   *
   * @param listed one of the versions
   */
  void refuseWhatIsOfOneVersion(String listed) {
    if (!saysWhichOrWhere()) {
      refuse(".digest", this.properties.getDigest(), listed);
      refuse(".signature", this.properties.getSignature(), listed);
      refuse(".compiled-class", this.properties.getCompiledClass(), listed);
    }
  }

  private void refuse(String property, @Nullable String value, String listed) {
    if (value != null) {
      throw new InvalidConfigurationPropertyValueException(
          this.prefix + property,
          value,
          "It is that of one version, and the module lists several without a version of its own; say it of a version, such as %s.versions[%s]%s"
              .formatted(this.prefix, listed, property));
    }
  }

  /**
   * Whether more is said than what all versions can have, so that it has to be clear which version
   * is meant.
   */
  boolean namesOneVersion() {
    return saysWhichOrWhere()
        || this.properties.getDigest() != null
        || this.properties.getSignature() != null
        || this.properties.getCompiledClass() != null;
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
