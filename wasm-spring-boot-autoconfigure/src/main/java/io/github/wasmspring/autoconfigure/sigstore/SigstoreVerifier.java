package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.VerificationOptions;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import io.github.wasmspring.load.WasmSignatureVerifier;
import java.security.GeneralSecurityException;
import java.security.SignatureException;

/**
 * Bundles of sigstore, verified against a root of trust that is at hand. Asks neither sigstore nor
 * anybody else: a bundle brings along the proof that its signature was published.
 */
final class SigstoreVerifier implements WasmSignatureVerifier {

  /** Many times what bundles have that were signed in practice. */
  static final int MOST_BYTES = 256 << 10;

  private final KeylessVerifier verifier;
  private final SigningTime signingTime;
  private final SigstoreIdentities identities;

  private SigstoreVerifier(
      KeylessVerifier verifier, SigningTime signingTime, SigstoreIdentities identities) {
    this.verifier = verifier;
    this.signingTime = signingTime;
    this.identities = identities;
  }

  /**
   * @throws IllegalArgumentException if the root of trust has keys or certificates that can't be
   *     used
   */
  static SigstoreVerifier of(SigstoreTrustedRoot root, SigstoreIdentities identities) {
    try {
      return new SigstoreVerifier(
          KeylessVerifier.builder().trustedRootProvider(() -> root).build(),
          new SigningTime(root.getTLogs()),
          identities);
    } catch (GeneralSecurityException | SigstoreConfigurationException unfit) {
      throw new IllegalArgumentException(
          "The root of trust can't be used: " + SigstoreMessage.of(unfit), unfit);
    }
  }

  @Override
  public String suffix() {
    return ".sigstore.json";
  }

  @Override
  public int maxSize() {
    return MOST_BYTES;
  }

  @Override
  public String maker() {
    return "cosign sign-blob --bundle";
  }

  @Override
  public boolean recognizes(byte[] signature) {
    for (byte each : signature) {
      if (!Character.isWhitespace(each)) {
        return each == '{';
      }
    }
    return false;
  }

  @Override
  public String verify(byte[] module, byte[] file) throws SignatureException {
    SigstoreBundle bundle = SigstoreBundle.parse(file);
    byte[] digest = bundle.digest(module);
    this.signingTime.check(bundle);
    IdentityCheck identity = new IdentityCheck(this.identities);
    try {
      this.verifier.verify(
          digest,
          bundle.bundle(),
          VerificationOptions.builder().addCertificateMatchers(identity).build());
    } catch (KeylessVerificationException | RuntimeException refused) {
      String untrusted = identity.refusal();
      throw new SignatureException(
          untrusted != null
              ? untrusted
              : "its bundle does not verify: " + SigstoreMessage.of(refused),
          refused);
    }
    SigstoreIdentity signer = identity.signer();
    if (signer == null) {
      throw new SignatureException("nobody has looked who has signed it");
    }
    return signer.name();
  }
}
