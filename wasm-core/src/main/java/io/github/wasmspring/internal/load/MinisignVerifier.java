package io.github.wasmspring.internal.load;

import io.github.wasmspring.internal.signature.MinisignKey;
import io.github.wasmspring.internal.signature.MinisignSignature;
import io.github.wasmspring.load.WasmSignatureVerifier;
import io.github.wasmspring.load.WasmSignatures.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Signatures of minisign, by keys that are trusted now. */
final class MinisignVerifier implements WasmSignatureVerifier {

  private final Clock clock;
  private final List<Trusted> trusted = new ArrayList<>();

  private record Trusted(TrustedKey named, MinisignKey key) {}

  MinisignVerifier(List<TrustedKey> keys, Clock clock) {
    this.clock = clock;
    for (TrustedKey key : keys) {
      this.trusted.add(new Trusted(key, MinisignKey.parse(key.key())));
    }
  }

  @Override
  public String suffix() {
    return MinisignSignature.SUFFIX;
  }

  @Override
  public int maxSize() {
    return MinisignSignature.MOST_BYTES;
  }

  @Override
  public String maker() {
    return "minisign -S";
  }

  @Override
  public boolean recognizes(byte[] signature) {
    return new String(signature, StandardCharsets.UTF_8).startsWith(MinisignSignature.UNTRUSTED);
  }

  @Override
  public String verify(byte[] module, byte[] file) throws SignatureException {
    MinisignSignature signature = MinisignSignature.parse(file);
    Trusted signer =
        this.trusted.stream()
            .filter(each -> each.key().id().equals(signature.key()))
            .findFirst()
            .orElseThrow(() -> new SignatureException(unknown(signature)));
    LocalDate until = signer.named().until();
    if (until != null && LocalDate.now(this.clock.withZone(ZoneOffset.UTC)).isAfter(until)) {
      throw new SignatureException(
          "it is signed with the key '%s', which was trusted until %s"
              .formatted(signer.named().name(), until));
    }
    if (!signature.isOf(module, signer.key())) {
      throw new SignatureException(
          "its signature by the key '%s' is not one of these bytes: module or signature were changed"
              .formatted(signer.named().name()));
    }
    return signer.named().name();
  }

  private String unknown(MinisignSignature signature) {
    return "it is signed with the key %s, and trusted are %s"
        .formatted(
            signature.key(),
            this.trusted.isEmpty()
                ? "none"
                : this.trusted.stream()
                    .map(each -> "%s ('%s')".formatted(each.key().id(), each.named().name()))
                    .collect(Collectors.joining(", ")));
  }
}
