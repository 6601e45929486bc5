package io.github.wasmspring.autoconfigure.sigstore;

/**
 * Somebody who may have signed.
 *
 * @param name for people
 * @param subject of the certificate
 * @param issuer who has vouched for the subject
 */
record SigstoreIdentity(String name, TrustedClaim subject, TrustedClaim issuer) {

  @Override
  public String toString() {
    return "'%s' (%s by %s)".formatted(this.name, this.subject, this.issuer);
  }
}
