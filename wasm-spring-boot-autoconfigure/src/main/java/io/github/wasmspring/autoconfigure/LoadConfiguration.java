package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.internal.load.HttpLocationResolver;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.load.WasmModuleLoader;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What brings the bytes of modules. */
@Configuration(proxyBeanMethods = false)
@Lazy
class LoadConfiguration {

  private final WasmProperties properties;

  LoadConfiguration(WasmProperties properties) {
    this.properties = properties;
  }

  @Bean
  @ConditionalOnMissingBean(WasmModuleLoader.class)
  DefaultWasmModuleLoader wasmModuleLoader(ObjectProvider<WasmLocationResolver> resolvers) {
    long maxSize = LoaderLimitMapper.maxModuleSize(this.properties.getLoader());
    return DefaultWasmModuleLoader.of(
        resolvers.orderedStream().toList(),
        httpLocationResolver(this.properties.getLoader(), maxSize),
        maxSize,
        SignatureMapper.of(this.properties.getSignatures()));
  }

  private static HttpLocationResolver httpLocationResolver(
      WasmProperties.Loader loader, long maxSize) {
    List<String> hosts = loader.getRedirectHosts();
    return SettingsMapper.checked(
        "wasm.loader.redirect-hosts",
        hosts,
        () -> new HttpLocationResolver(LoaderLimitMapper.httpTimeout(loader), maxSize, hosts));
  }
}
