package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.VerificationOptions.UncheckedCertificateException;
import dev.sigstore.strings.StringMatcher;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a certificate says of its owner.
 *
 * @param subject the only alternative name, an address of a mailbox or a URI
 * @param issuer who has vouched for it
 */
record CertificateClaims(String subject, String issuer) {

  /**
   * Read by the library, which shows what it reads to whoever compares it.
   *
   * @throws UncheckedCertificateException if it does not say both, or several subjects
   */
  static CertificateClaims of(X509Certificate certificate) {
    AtomicReference<String> subject = new AtomicReference<>("");
    AtomicReference<String> issuer = new AtomicReference<>("");
    CertificateMatcher.fulcio()
        .subjectAlternativeName(into(subject))
        .issuer(into(issuer))
        .build()
        .test(certificate);
    return new CertificateClaims(subject.get(), issuer.get());
  }

  private static StringMatcher into(AtomicReference<String> claim) {
    return value -> {
      claim.set(value);
      return true;
    };
  }
}
