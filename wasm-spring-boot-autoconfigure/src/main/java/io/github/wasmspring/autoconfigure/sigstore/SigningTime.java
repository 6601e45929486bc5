package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.trustroot.TransparencyLog;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;

/**
 * When something was signed: within the minutes for which its certificate was valid, and those
 * years for which the log was trusted. Certificates outlive no signature, so that this is all that
 * keeps a key that was stolen later from signing.
 */
final class SigningTime {

  private final List<TransparencyLog> logs;

  SigningTime(List<TransparencyLog> logs) {
    this.logs = List.copyOf(logs);
  }

  /**
   * Looks at the time that the log has put its signature to, which is still to be verified. Where
   * it has not, a timestamp of an authority is needed, which the library holds against the
   * certificate; the minutes of that are exact enough for the log.
   *
   * @throws SignatureException if that can't be when it was signed
   */
  void check(SigstoreBundle bundle) throws SignatureException {
    RekorEntry entry = bundle.entry();
    X509Certificate certificate = bundle.certificate();
    Instant time = certificate.getNotBefore().toInstant();
    if (entry.getVerification().getSignedEntryTimestamp() != null) {
      time = entry.getIntegratedTimeInstant();
      requireValid(certificate, time);
    } else if (bundle.bundle().getTimestamps().isEmpty()) {
      throw new SignatureException("nothing in its bundle proves when it was signed");
    }
    byte[] log = HexFormat.of().parseHex(entry.getLogID());
    if (TransparencyLog.find(this.logs, log, time).isEmpty()) {
      throw new SignatureException(
          "its signature was published at %s in a log that the root of trust did not name then"
              .formatted(time));
    }
  }

  private static void requireValid(X509Certificate certificate, Instant time)
      throws SignatureException {
    try {
      certificate.checkValidity(Date.from(time));
    } catch (CertificateException invalid) {
      throw new SignatureException(
          "it was signed at %s, when its certificate was not valid, which it was from %s to %s"
              .formatted(
                  time,
                  certificate.getNotBefore().toInstant(),
                  certificate.getNotAfter().toInstant()),
          invalid);
    }
  }
}
