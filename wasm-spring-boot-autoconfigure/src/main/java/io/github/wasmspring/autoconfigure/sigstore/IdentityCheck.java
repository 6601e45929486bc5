package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.VerificationOptions.CertificateMatcher;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Whether the certificate of one bundle is that of somebody who is trusted, and if not, why. The
 * library asks when it has found that the certificate is a good one.
 */
final class IdentityCheck implements CertificateMatcher {

  private final SigstoreIdentities identities;
  private @Nullable SigstoreIdentity signer;
  private @Nullable String refusal;

  IdentityCheck(SigstoreIdentities identities) {
    this.identities = identities;
  }

  @Override
  public boolean test(X509Certificate certificate) {
    CertificateClaims claims = CertificateClaims.of(certificate);
    this.signer = this.identities.find(claims);
    this.refusal = this.signer == null ? this.identities.refusal(claims) : null;
    return this.signer != null;
  }

  /** {@code null} unless it was asked, and is one who is trusted. */
  @Nullable SigstoreIdentity signer() {
    return this.signer;
  }

  /** {@code null} unless it was asked, and is none who is trusted. */
  @Nullable String refusal() {
    return this.refusal;
  }
}
