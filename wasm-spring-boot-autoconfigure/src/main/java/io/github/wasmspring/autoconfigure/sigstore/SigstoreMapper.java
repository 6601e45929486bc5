package io.github.wasmspring.autoconfigure.sigstore;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.autoconfigure.WasmProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/** Who may have signed with sigstore, as properties say it. */
final class SigstoreMapper {

  private static final String PREFIX = "wasm.signatures.sigstore";

  private SigstoreMapper() {}

  static SigstoreVerifier of(WasmProperties.Sigstore from) {
    Resource root = Objects.requireNonNull(from.getTrustedRoot());
    List<SigstoreIdentity> identities = new ArrayList<>();
    for (Map.Entry<String, WasmProperties.TrustedIdentity> each : from.getIdentities().entrySet()) {
      identities.add(identity(each.getKey(), each.getValue()));
    }
    return SettingsMapper.checked(
        PREFIX + ".trusted-root",
        root,
        () ->
            SigstoreVerifier.of(TrustedRootReader.read(root), new SigstoreIdentities(identities)));
  }

  private static SigstoreIdentity identity(String name, WasmProperties.TrustedIdentity from) {
    String property = "%s.identities.%s".formatted(PREFIX, name);
    return new SigstoreIdentity(
        name,
        claim(property + ".subject", from.getSubject(), from.getSubjectPattern()),
        claim(property + ".issuer", from.getIssuer(), from.getIssuerPattern()));
  }

  private static TrustedClaim claim(
      String property, @Nullable String exact, @Nullable String pattern) {
    if (StringUtils.hasText(exact) == StringUtils.hasText(pattern)) {
      throw new InvalidConfigurationPropertyValueException(
          property,
          exact,
          "A trusted identity needs either this or %s-pattern, so that not everybody is trusted"
              .formatted(property.substring(property.lastIndexOf('.') + 1)));
    }
    if (exact != null && StringUtils.hasText(exact)) {
      return TrustedClaim.exactly(exact);
    }
    String expression = Objects.requireNonNull(pattern);
    return SettingsMapper.checked(
        property + "-pattern", expression, () -> TrustedClaim.matching(expression));
  }
}
