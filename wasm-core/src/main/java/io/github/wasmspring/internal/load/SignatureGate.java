package io.github.wasmspring.internal.load;

import io.github.wasmspring.internal.signature.MinisignKey;
import io.github.wasmspring.internal.signature.MinisignSignature;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.load.WasmSignatures.Required;
import io.github.wasmspring.load.WasmSignatures.TrustedKey;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.security.SignatureException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets only those bytes in that somebody has signed who is trusted. */
final class SignatureGate {

  private static final String SUFFIX = ".minisig";

  private final WasmSignatures signatures;
  private final Clock clock;
  private final List<Trusted> trusted = new ArrayList<>();

  private record Trusted(TrustedKey named, MinisignKey key) {}

  SignatureGate(WasmSignatures signatures, Clock clock) {
    this.signatures = signatures;
    this.clock = clock;
    for (TrustedKey key : signatures.keys()) {
      this.trusted.add(new Trusted(key, MinisignKey.parse(key.key())));
    }
  }

  /** Where the signature of a module is; {@code null} if it needs none. */
  @Nullable String location(WasmModuleDescriptor module) {
    if (module.signature() != null) {
      return module.signature();
    }
    String location = module.location();
    return location != null && isRequired(new WasmLocation(location)) ? beside(location) : null;
  }

  private boolean isRequired(WasmLocation location) {
    return switch (this.signatures.required()) {
      case NEVER -> false;
      case OUTSIDE -> !location.isOnClassPath() && !location.isInWebJar();
      case ALWAYS -> true;
    };
  }

  /** Of the module as it is unpacked; at the end of the path of a URL, and in the same artifact. */
  private static String beside(String packed) {
    if (new WasmLocation(packed).isInRegistry()) {
      return OciReference.withFile(packed, "*" + SUFFIX);
    }
    String location = Packing.locationWithoutSuffix(packed);
    LocationFile file = LocationFile.of(location);
    return location.substring(0, file.end())
        + (file.start() == file.end() ? "/" : "")
        + SUFFIX
        + location.substring(file.end());
  }

  /** Why there must be one, for people. */
  String reason(WasmModuleDescriptor module) {
    return module.signature() != null
        ? "the module is said to have one"
        : this.signatures.required() == Required.ALWAYS
            ? "signatures are required of all modules"
            : "signatures are required of modules from outside of the class path";
  }

  /**
   * Holds a module against a signature.
   *
   * @return the name of the key
   * @throws SignatureException with a message for people, if it is not that of the bytes or not by
   *     a key that is trusted now
   */
  String verify(byte[] module, byte[] file) throws SignatureException {
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
