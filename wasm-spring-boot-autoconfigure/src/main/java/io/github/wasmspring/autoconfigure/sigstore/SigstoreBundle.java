package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.Bundle.MessageSignature;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.rekor.client.RekorEntry;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What is in a file of sigstore; nothing of it is proven.
 *
 * @param bundle as the library has read it
 * @param signature of the module
 * @param certificate of who has signed
 * @param entry in the log that the signature was published in
 */
record SigstoreBundle(
    Bundle bundle, MessageSignature signature, X509Certificate certificate, RekorEntry entry) {

  /**
   * @throws SignatureException if it is no such file, or not the signature of a file
   */
  static SigstoreBundle parse(byte[] file) throws SignatureException {
    Bundle bundle = read(file);
    MessageSignature signature = bundle.getMessageSignature().orElse(null);
    if (signature == null) {
      throw new SignatureException(
          "its bundle is an attestation about something, and not a signature of the module; cosign sign-blob makes one");
    }
    List<RekorEntry> entries = bundle.getEntries();
    if (entries.size() != 1) {
      throw malformed("it has %d entries of a log instead of one".formatted(entries.size()));
    }
    if (bundle.getCertPath().getCertificates().isEmpty()
        || !(bundle.getCertPath().getCertificates().get(0) instanceof X509Certificate leaf)) {
      throw malformed("it has no certificate");
    }
    return new SigstoreBundle(bundle, signature, leaf, entries.get(0));
  }

  private static Bundle read(byte[] file) throws SignatureException {
    try {
      return Bundle.from(new StringReader(new String(file, StandardCharsets.UTF_8)));
    } catch (BundleParseException | RuntimeException unreadable) {
      SignatureException malformed = malformed(SigstoreMessage.of(unreadable));
      malformed.initCause(unreadable);
      throw malformed;
    }
  }

  private static SignatureException malformed(String why) {
    return new SignatureException("its signature is not a bundle of sigstore: " + why);
  }

  /**
   * The digest of a module, by the only algorithm that the library takes.
   *
   * @throws SignatureException if the bundle itself says that it is of another one
   */
  byte[] digest(byte[] module) throws SignatureException {
    byte[] digest = sha256(module);
    Bundle.MessageDigest expected = this.signature.getMessageDigest().orElse(null);
    if (expected != null && !Arrays.equals(expected.getDigest(), digest)) {
      throw new SignatureException(
          "its bundle is a signature of other bytes: of those with the digest %s, and the module has %s"
              .formatted(
                  HexFormat.of().formatHex(expected.getDigest()),
                  HexFormat.of().formatHex(digest)));
    }
    return digest;
  }

  private static byte[] sha256(byte[] module) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(module);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
