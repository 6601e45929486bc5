package io.github.wasmspring.autoconfigure.sigstore;

import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;

/** Reads a root of trust: whose certificates and logs are believed. */
final class TrustedRootReader {

  private static final int MOST_BYTES = 1 << 20;
  private static final Set<String> REMOTE = Set.of("http", "https", "ftp");

  private TrustedRootReader() {}

  /**
   * @throws IllegalArgumentException if it can't be read, or nothing can be verified with it
   */
  static SigstoreTrustedRoot read(Resource location) {
    SigstoreTrustedRoot root = parse(bytes(location), location);
    require(!root.getCAs().isEmpty(), "authority that certifies who has signed", location);
    require(!root.getTLogs().isEmpty(), "log that signatures are published in", location);
    require(!root.getCTLogs().isEmpty(), "log that certificates are published in", location);
    return root;
  }

  private static byte[] bytes(Resource location) {
    try {
      if (location instanceof UrlResource remote
          && REMOTE.contains(remote.getURL().getProtocol())) {
        throw new IllegalArgumentException(
            "A root of trust is not fetched from a server; put %s beside the application or into it"
                .formatted(location.getFilename()));
      }
      try (InputStream stream = location.getInputStream()) {
        byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new IllegalArgumentException(
              "%s is no root of trust: it has more than %d bytes".formatted(location, MOST_BYTES));
        }
        return bytes;
      }
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "The root of trust can't be read: " + SigstoreMessage.of(unreadable), unreadable);
    }
  }

  private static SigstoreTrustedRoot parse(byte[] bytes, Resource location) {
    try {
      return SigstoreTrustedRoot.from(new ByteArrayInputStream(bytes));
    } catch (SigstoreConfigurationException | RuntimeException unreadable) {
      throw new IllegalArgumentException(
          "%s is no root of trust, which is a trusted_root.json of sigstore: %s"
              .formatted(location, SigstoreMessage.of(unreadable)),
          unreadable);
    }
  }

  private static void require(boolean there, String what, Resource location) {
    if (!there) {
      throw new IllegalArgumentException(
          "Nothing can be verified with the root of trust in %s, as it names no %s"
              .formatted(location, what));
    }
  }
}
