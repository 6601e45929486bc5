package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.load.WasmSignatureVerifier;
import io.github.wasmspring.load.WasmSignatures;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.io.Resource;

/** Whose signatures are wanted, as properties say it. */
final class SignatureMapper {

  private static final String PREFIX = "wasm.signatures";
  private static final String TRUSTED_ROOT = PREFIX + ".sigstore.trusted-root";
  private static final String SIGSTORE_SUFFIX = ".sigstore.json";

  private SignatureMapper() {}

  static WasmSignatures of(
      WasmProperties.Signatures from, ObjectProvider<WasmSignatureVerifier> verifiers) {
    WasmSignatures.Builder signatures = WasmSignatures.builder().required(from.getRequired());
    trustKeys(from, signatures);
    requireBothOfSigstore(from.getSigstore());
    List<WasmSignatureVerifier> all = verifiers.orderedStream().toList();
    requireSigstore(from.getSigstore(), all);
    all.forEach(signatures::verifier);
    return SettingsMapper.checked(PREFIX + ".required", from.getRequired(), signatures::build);
  }

  private static void trustKeys(WasmProperties.Signatures from, WasmSignatures.Builder signatures) {
    for (Map.Entry<String, WasmProperties.TrustedKey> each : from.getTrusted().entrySet()) {
      String name = each.getKey();
      WasmProperties.TrustedKey trusted = each.getValue();
      String property = "%s.trusted.%s.key".formatted(PREFIX, name);
      String key = trusted.getKey();
      if (key == null) {
        throw new InvalidConfigurationPropertyValueException(
            property, null, "A trusted key needs the text of its .pub file");
      }
      try {
        signatures.trust(name, key, trusted.getUntil());
      } catch (IllegalArgumentException noKey) {
        throw new InvalidConfigurationPropertyValueException(property, key, noKey.getMessage());
      }
    }
  }

  private static void requireBothOfSigstore(WasmProperties.Sigstore sigstore) {
    if (sigstore.getTrustedRoot() == null && !sigstore.getIdentities().isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          TRUSTED_ROOT,
          null,
          "Identities are trusted, but there is no root of trust that says whose certificates name them; it is the trusted_root.json of the sigstore that modules are signed with");
    }
    if (sigstore.getTrustedRoot() != null && sigstore.getIdentities().isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          PREFIX + ".sigstore.identities",
          null,
          "There is a root of trust, but no identity is trusted; without one, anybody who can sign with sigstore could have signed a module");
    }
  }

  private static void requireSigstore(
      WasmProperties.Sigstore sigstore, List<WasmSignatureVerifier> verifiers) {
    Resource root = sigstore.getTrustedRoot();
    if (root != null
        && verifiers.stream().noneMatch(each -> each.suffix().equals(SIGSTORE_SUFFIX))) {
      throw new InvalidConfigurationPropertyValueException(
          TRUSTED_ROOT,
          root,
          "Nothing can verify bundles of sigstore here; add the dependency dev.sigstore:sigstore-java");
    }
  }
}
