package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmLocation;
import java.io.IOException;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why a module could not be made ready to run. */
final class WasmLoadFailureAnalyzer extends AbstractFailureAnalyzer<WasmLoadException> {

  /** How messages about features begin; after a semicolon they say what to do. */
  private static final String NEEDS = "the module needs ";

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmLoadException failure) {
    if (failure.detail().startsWith(NEEDS)) {
      return missingFeature(failure, failure.detail().split("; ", 2));
    }
    return new FailureAnalysis(
        "The WebAssembly module '%s' could not be loaded: %s."
            .formatted(failure.module(), failure.detail()),
        action(failure),
        failure);
  }

  private static FailureAnalysis missingFeature(WasmLoadException failure, String[] parts) {
    return new FailureAnalysis(
        "The WebAssembly module '%s' can't be run: %s.".formatted(failure.module(), parts[0]),
        "%s. With %s=java, Java answers in the meantime."
            .formatted(
                Texts.capitalized(parts[parts.length - 1]),
                ModuleProperty.of(failure.module(), "execution-mode")),
        failure);
  }

  private static String action(WasmLoadException failure) {
    String property = ModuleProperty.of(failure.module());
    return switch (failure.category()) {
      case LOAD ->
          "Check the location of the module (%s.location, or the location of its provider or its @WasmModule class): %s."
              .formatted(property, hint(failure.location()));
      case INTEGRITY -> integrity(failure, property);
      case MALFORMED ->
          "Let %s.location name a compiled WebAssembly core module, a file that begins with the bytes 00 61 73 6d 01 00 00 00."
              .formatted(property);
      case MEMORY_LIMIT ->
          "Raise %s.limits.memory or the limit that the message names, or build the module with a smaller initial memory."
              .formatted(property);
      case TIMEOUT ->
          "Raise %1$s.limits.compile-timeout, or set %1$s.engine to interpreter. The module goes on being compiled, so that it may be ready when it is asked for again."
              .formatted(property);
      case INVALID ->
          "Correct %s in the properties if they name something that does not exist; otherwise build the module for a plain target such as wasm32-unknown-unknown, without the features that the message names."
              .formatted(property);
      default ->
          "Look for the cause in the module's start function and in the host functions that it calls. With %s.execution-mode=java, Java answers in the meantime."
              .formatted(property);
    };
  }

  private static String integrity(WasmLoadException failure, String property) {
    if (failure.getCause() instanceof SignatureException) {
      return "If the module comes from somebody you trust, let them sign it with a key below wasm.signatures.trusted or as an identity below wasm.signatures.sigstore.identities, or add theirs there. If not, do not run it.";
    }
    if (failure.getCause() instanceof IOException) {
      return "Find out who has changed it, in the registry or on the way from there, and push it again. The digest that it should have is not one that you have configured, but the one that the registry itself knows it by.";
    }
    return "If the module was changed on purpose, set %s.digest to the digest that was found. If not, do not run it: find out who changed it."
        .formatted(property);
  }

  private static String hint(@Nullable String text) {
    WasmLocation location = WasmLocation.of(text);
    if (location != null && location.isOnClassPath()) {
      return "the file belongs under src/main/resources, and what follows classpath: is its path there";
    }
    if (location != null && location.isInWebJar()) {
      return "what follows webjar: is the artifact of a WebJar on the class path and the path in it, without the version";
    }
    if (location != null && location.isInRegistry()) {
      return "what follows oci: is host, repository and tag or digest, as docker pull and oras pull take it; credentials come from Docker's configuration";
    }
    if (location != null && location.isRemote()) {
      return "the server has to answer 200 with the module within wasm.loader.http-timeout";
    }
    return "a location starts with classpath:, webjar:, file:, http://, https:// or oci:, and a relative file: is seen from the working directory";
  }
}
