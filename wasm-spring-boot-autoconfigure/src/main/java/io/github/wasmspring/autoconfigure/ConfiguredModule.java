package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Puts what properties say about one module among the modules that there are: over what a provider
 * says, or as a module that nobody else knows; the same for each of the versions that they list.
 */
final class ConfiguredModule {

  private final String id;
  private final WasmProperties.Module properties;
  private final ClassLoader classLoader;
  private final ModuleIdentity identity;

  /**
   * @param ids the id that is meant by one as it may be spelled
   */
  ConfiguredModule(
      String id,
      WasmProperties.Module properties,
      UnaryOperator<String> ids,
      ClassLoader classLoader) {
    this.id = id;
    this.properties = properties;
    this.classLoader = classLoader;
    this.identity = ModuleIdentity.of(id, properties, ids);
  }

  /**
   * @param othersCome whether there may be modules later that nobody knows yet, so that settings
   *     can be for one of them
   */
  void addTo(List<WasmModuleDescriptor> modules, boolean othersCome) {
    if (othersCome && isOfNone(modules)) {
      return;
    }
    Map<String, WasmProperties.ModuleVersion> versions = this.properties.getVersions();
    if (!versions.isEmpty()) {
      this.identity.refuseWhatIsOfOneVersion(versions.keySet().iterator().next());
    }
    if (!versions.isEmpty() || !this.identity.namesOneVersion()) {
      modules.replaceAll(each -> isCommonOnly(each) ? this.identity.overrideCommon(each) : each);
    }
    if (versions.isEmpty() || this.identity.saysWhichOrWhere()) {
      addItself(modules);
    }
    versions.forEach((version, said) -> addVersion(version, said, modules));
  }

  /** Whether it is neither a module nor about one that there is. */
  private boolean isOfNone(List<WasmModuleDescriptor> modules) {
    return known(modules).isEmpty()
        && this.properties.getVersions().isEmpty()
        && !this.identity.namesOneVersion();
  }

  /** A version that has no properties of its own. */
  private boolean isCommonOnly(WasmModuleDescriptor module) {
    return module.id().equals(this.id)
        && !this.properties.getVersions().containsKey(module.version());
  }

  private void addItself(List<WasmModuleDescriptor> modules) {
    List<WasmModuleDescriptor> known = known(modules);
    String location = this.properties.getLocation();
    if (known.isEmpty()) {
      if (location == null) {
        throw notFound(
            this.id,
            "%s says no location, and no provider brings a module of that id"
                .formatted(ModuleProperty.of(this.id)),
            modules);
      }
      modules.add(this.identity.create(this.id, location, this.classLoader));
      return;
    }
    WasmModuleDescriptor meant = known.get(0);
    if (known.size() > 1) {
      if (!this.identity.namesOneVersion()) {
        return;
      }
      meant = ofVersion(this.properties.getVersion(), known);
    }
    modules.set(modules.indexOf(meant), this.identity.override(meant));
  }

  private void addVersion(
      String version, WasmProperties.ModuleVersion said, List<WasmModuleDescriptor> modules) {
    requireVersion(version);
    ModuleIdentity own = this.identity.ofVersion(this.id, version, said);
    WasmModuleDescriptor known =
        known(modules).stream()
            .filter(module -> module.version().equals(version))
            .findFirst()
            .orElse(null);
    if (known != null) {
      modules.set(modules.indexOf(known), own.override(known));
    } else if (said.getLocation() != null) {
      modules.add(own.create(this.id, said.getLocation(), this.classLoader));
    } else {
      throw new InvalidConfigurationPropertyValueException(
          ModuleIdentity.prefix(this.id, version) + ".location",
          null,
          "It is missing, and no provider brings this version of the module");
    }
  }

  private void requireVersion(String version) {
    String read =
        SettingsMapper.checked(
            ModuleIdentity.prefix(this.id, version),
            version,
            () ->
                WasmModuleDescriptor.builder(this.id)
                    .version(version)
                    .location(version)
                    .build()
                    .version());
    if (!read.equals(version)) {
      throw new InvalidConfigurationPropertyValueException(
          ModuleIdentity.prefix(this.id, version), version, "Write the version as " + read);
    }
  }

  private List<WasmModuleDescriptor> known(List<WasmModuleDescriptor> modules) {
    return modules.stream().filter(module -> module.id().equals(this.id)).toList();
  }

  private WasmModuleDescriptor ofVersion(
      @Nullable String version, Collection<WasmModuleDescriptor> known) {
    return known.stream()
        .filter(module -> module.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfigurationPropertyValueException(
                    ModuleProperty.of(this.id, "version"),
                    version,
                    "There are several versions of this module, "
                        + known.stream().map(WasmModuleDescriptor::version).toList()
                        + "; say which of them is meant"));
  }

  static RuntimeException notFound(String id, String detail, List<WasmModuleDescriptor> modules) {
    List<String> known = modules.stream().map(WasmModuleDescriptor::id).distinct().toList();
    return new WasmModuleNotFoundException(detail, id, NearMatches.of(id, known), known)
        .locate(WasmErrorContext.of(id, null));
  }
}
