package io.github.wasmspring.autoconfigure.sigstore;

import io.github.wasmspring.internal.module.ShownText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Those who may have signed. */
final class SigstoreIdentities {

  private final List<SigstoreIdentity> trusted;

  SigstoreIdentities(List<SigstoreIdentity> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** {@code null} if nobody who is trusted is that. */
  @Nullable SigstoreIdentity find(CertificateClaims claims) {
    return this.trusted.stream()
        .filter(each -> each.subject().matches(claims.subject()))
        .filter(each -> each.issuer().matches(claims.issuer()))
        .findFirst()
        .orElse(null);
  }

  /** Why nobody who is trusted is that, for people. */
  String refusal(CertificateClaims claims) {
    String signer = ShownText.of(claims.subject());
    String issuer = ShownText.of(claims.issuer());
    List<SigstoreIdentity> others =
        this.trusted.stream().filter(each -> each.subject().matches(claims.subject())).toList();
    return others.isEmpty()
        ? "it is signed by %s (issuer %s), and trusted are %s"
            .formatted(signer, issuer, list(this.trusted))
        : "it is signed by %s, but the issuer %s has vouched for that, which is not trusted to: trusted are %s"
            .formatted(signer, issuer, list(others));
  }

  private static String list(List<SigstoreIdentity> identities) {
    return identities.stream().map(SigstoreIdentity::toString).collect(Collectors.joining(", "));
  }
}
