package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Puts what properties say about a module over what its provider says. */
final class ModuleIdentity {

  private final String prefix;
  private final WasmProperties.Module properties;

  ModuleIdentity(String id, WasmProperties.Module properties) {
    this.prefix = ModuleProperty.of(id);
    this.properties = properties;
  }

  /** A module that nobody but the properties knows. */
  WasmModuleDescriptor create(String id, String location, ClassLoader classLoader) {
    WasmModuleDescriptor.Builder builder =
        checked("", id, () -> WasmModuleDescriptor.builder(id))
            .location(location)
            .classLoader(classLoader);
    return apply(builder).build();
  }

  WasmModuleDescriptor override(WasmModuleDescriptor module) {
    String location = this.properties.getLocation();
    WasmModuleDescriptor overridden =
        apply(location != null ? elsewhere(module, location) : module.toBuilder()).build();
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
    return builder;
  }

  private WasmModuleDescriptor.Builder apply(WasmModuleDescriptor.Builder builder) {
    String version = this.properties.getVersion();
    if (version != null) {
      checked(".version", version, () -> builder.version(version));
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
    String description = this.properties.getDescription();
    if (description != null) {
      builder.description(description);
    }
    String convention = this.properties.getConvention();
    if (convention != null) {
      builder.convention(convention);
    }
    return builder.tags(this.properties.getTags().toArray(String[]::new));
  }

  /** Whether more than settings is said, so that it has to be clear which version is meant. */
  boolean namesOneVersion() {
    return this.properties.getLocation() != null
        || this.properties.getVersion() != null
        || this.properties.getDigest() != null
        || this.properties.getSignature() != null
        || this.properties.getCompiledClass() != null
        || this.properties.getConvention() != null;
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
