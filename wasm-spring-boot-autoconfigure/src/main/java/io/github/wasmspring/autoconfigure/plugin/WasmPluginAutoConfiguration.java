package io.github.wasmspring.autoconfigure.plugin;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.autoconfigure.LateModules;
import io.github.wasmspring.autoconfigure.RegistryContributor;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.plugin.DefaultWasmPlugins;
import io.github.wasmspring.internal.plugin.PluginHome;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.plugin.WasmPluginSettings;
import io.github.wasmspring.plugin.WasmPlugins;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for modules that are installed while the application runs. */
@AutoConfiguration(after = WasmAutoConfiguration.class)
@ConditionalOnClass(WasmModuleManager.class)
@ConditionalOnBean(WasmModuleManager.class)
@Conditional(OnPluginsWanted.class)
@EnableConfigurationProperties(WasmPluginProperties.class)
public final class WasmPluginAutoConfiguration {

  /** Plug-ins of the application itself need nothing of this. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(WasmPlugins.class)
  static class PluginDirectoryConfiguration {

    @Bean
    @Lazy
    WasmPluginSettings wasmPluginSettings(
        WasmPluginProperties properties, LateModules lateModules) {
      return PluginSettingsMapper.of(
          properties,
          module ->
              lateModules.configure(
                  module, PluginSettingsMapper.PREFIX + ".defaults", properties.getDefaults()));
    }

    @Bean(destroyMethod = "close")
    @Lazy
    PluginHome wasmPluginHome(WasmPluginSettings settings) {
      try {
        return PluginHome.open(settings);
      } catch (WasmLoadException unusable) {
        throw new InvalidConfigurationPropertyValueException(
            PluginSettingsMapper.PREFIX + ".directory",
            settings.directory(),
            unusable.detail(),
            unusable);
      }
    }

    @Bean
    @Lazy
    WasmLocationResolver wasmPluginLocationResolver(PluginHome home) {
      return home.resolver();
    }

    @Bean
    @Lazy
    RegistryContributor wasmPluginRegistration(
        ObjectProvider<PluginHome> home, LateModules lateModules) {
      return registry -> {
        home.getObject().registerAll(registry);
        lateModules.tellWhoIsMissing(registry);
      };
    }

    @Bean(destroyMethod = "close")
    @Lazy
    DefaultWasmPlugins wasmPlugins(
        PluginHome home,
        WasmModuleLoader loader,
        WasmModuleManager manager,
        WasmEventPublisher events) {
      return new DefaultWasmPlugins(home, loader, manager, events);
    }

    @Bean
    @Lazy(false)
    @ConditionalOnProperty("wasm.plugins.watch")
    PluginWatching wasmPluginWatching(DefaultWasmPlugins plugins, WasmPluginSettings settings) {
      return new PluginWatching(plugins, settings);
    }
  }
}
