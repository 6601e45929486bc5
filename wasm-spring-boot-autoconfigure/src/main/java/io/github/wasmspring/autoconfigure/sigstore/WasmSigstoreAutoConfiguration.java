package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.KeylessVerifier;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.load.WasmSignatureVerifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration for modules that are signed with sigstore. */
@AutoConfiguration(before = WasmAutoConfiguration.class)
@ConditionalOnClass({KeylessVerifier.class, WasmSignatureVerifier.class})
@ConditionalOnProperty("wasm.signatures.sigstore.trusted-root")
public final class WasmSigstoreAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean(name = "wasmSigstoreVerifier")
  SigstoreVerifier wasmSigstoreVerifier(WasmProperties properties) {
    return SigstoreMapper.of(properties.getSignatures().getSigstore());
  }
}
