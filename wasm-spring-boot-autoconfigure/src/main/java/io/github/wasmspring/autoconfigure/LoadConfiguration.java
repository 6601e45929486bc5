package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.internal.load.HttpSettings;
import io.github.wasmspring.internal.load.OciSettings;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.load.WasmSignatureVerifier;
import io.github.wasmspring.load.WasmSignatures;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
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
  DefaultWasmModuleLoader wasmModuleLoader(
      ObjectProvider<WasmLocationResolver> resolvers,
      ObjectProvider<SslBundles> sslBundles,
      ObjectProvider<WasmSignatureVerifier> verifiers) {
    WasmProperties.Loader loader = this.properties.getLoader();
    HttpSettings http = httpSettings(loader, sslBundles);
    OciSettings oci =
        new OciSettings(loader.getOci().isPlainHttp(), loader.getOci().getDockerConfig());
    WasmSignatures signatures = SignatureMapper.of(this.properties.getSignatures(), verifiers);
    return SettingsMapper.checked(
        "wasm.loader.redirect-hosts",
        loader.getRedirectHosts(),
        () ->
            DefaultWasmModuleLoader.of(resolvers.orderedStream().toList(), http, oci, signatures));
  }

  private static HttpSettings httpSettings(
      WasmProperties.Loader loader, ObjectProvider<SslBundles> sslBundles) {
    return HttpSettings.builder()
        .timeout(LoaderLimitMapper.httpTimeout(loader))
        .connectTimeout(LoaderLimitMapper.httpConnectTimeout(loader))
        .attempts(LoaderLimitMapper.httpAttempts(loader))
        .maxSize(LoaderLimitMapper.maxModuleSize(loader))
        .redirectHosts(loader.getRedirectHosts())
        .tls(tls(loader.getSslBundle(), sslBundles))
        .build();
  }

  private static @Nullable SSLContext tls(
      @Nullable String bundle, ObjectProvider<SslBundles> sslBundles) {
    if (bundle == null) {
      return null;
    }
    SslBundles all = sslBundles.getIfAvailable();
    if (all == null) {
      throw new InvalidConfigurationPropertyValueException(
          "wasm.loader.ssl-bundle", bundle, "There is no SslBundles bean");
    }
    return all.getBundle(bundle).createSslContext();
  }
}
