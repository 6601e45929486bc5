package io.github.wasmspring.internal.load;

import io.github.wasmspring.load.WasmSignatureVerifier;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.load.WasmSignatures.Required;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.security.SignatureException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lets only those bytes in that somebody has signed who is trusted. */
final class SignatureGate {

  private final Required required;

  /** At least one. */
  private final List<WasmSignatureVerifier> forms = new ArrayList<>();

  SignatureGate(WasmSignatures signatures, Clock clock) {
    this.required = signatures.required();
    if (!signatures.keys().isEmpty() || signatures.verifiers().isEmpty()) {
      this.forms.add(new MinisignVerifier(signatures.keys(), clock));
    }
    this.forms.addAll(signatures.verifiers());
  }

  /**
   * Where the signature of a module may be, the first that is there counts; empty if it needs none.
   */
  List<String> locations(WasmModuleDescriptor module) {
    if (module.signature() != null) {
      return List.of(module.signature());
    }
    String location = module.location();
    return location != null && isRequired(new WasmLocation(location))
        ? suffixes().stream().map(suffix -> beside(location, suffix)).toList()
        : List.of();
  }

  private boolean isRequired(WasmLocation location) {
    return switch (this.required) {
      case NEVER -> false;
      case OUTSIDE -> !location.isOnClassPath() && !location.isInWebJar();
      case ALWAYS -> true;
    };
  }

  /** Of the module as it is unpacked; at the end of the path of a URL, and in the same artifact. */
  private static String beside(String packed, String suffix) {
    if (new WasmLocation(packed).isInRegistry()) {
      return OciReference.withFile(packed, "*" + suffix);
    }
    String location = Packing.locationWithoutSuffix(packed);
    LocationFile file = LocationFile.of(location);
    return location.substring(0, file.end())
        + (file.start() == file.end() ? "/" : "")
        + suffix
        + location.substring(file.end());
  }

  List<String> suffixes() {
    return this.forms.stream().map(WasmSignatureVerifier::suffix).toList();
  }

  /** How many bytes a signature has at most, whatever its form. */
  int maxSize() {
    return this.forms.stream().mapToInt(WasmSignatureVerifier::maxSize).max().orElseThrow();
  }

  /** What makes a signature, for people. */
  String makers() {
    return this.forms.stream()
        .map(WasmSignatureVerifier::maker)
        .collect(Collectors.joining(" or "));
  }

  /** Why there must be one, for people. */
  String reason(WasmModuleDescriptor module) {
    return module.signature() != null
        ? "the module is said to have one"
        : this.required == Required.ALWAYS
            ? "signatures are required of all modules"
            : "signatures are required of modules from outside of the class path";
  }

  /**
   * Holds a module against a signature.
   *
   * @return the name of the key or identity
   * @throws SignatureException with a message for people, if it is not that of the bytes or not by
   *     somebody who is trusted now
   */
  String verify(byte[] module, byte[] file) throws SignatureException {
    WasmSignatureVerifier form = form(file);
    if (file.length > form.maxSize()) {
      throw new SignatureException(
          "its signature has %d bytes, and a file of that form (%s) has no more than %d"
              .formatted(file.length, form.suffix(), form.maxSize()));
    }
    try {
      return form.verify(module, file);
    } catch (RuntimeException failed) {
      throw new SignatureException("its signature can't be verified: " + failed, failed);
    }
  }

  /** The only one, so that its message says what is wrong, or the one that it looks like. */
  private WasmSignatureVerifier form(byte[] file) throws SignatureException {
    return this.forms.size() == 1
        ? this.forms.get(0)
        : this.forms.stream()
            .filter(each -> each.recognizes(file))
            .findFirst()
            .orElseThrow(
                () ->
                    new SignatureException(
                        "its signature looks like none of the forms that are taken here (%s)"
                            .formatted(String.join(", ", suffixes()))));
  }
}
