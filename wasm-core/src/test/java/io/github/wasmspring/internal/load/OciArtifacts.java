package io.github.wasmspring.internal.load;

import io.github.wasmspring.module.WasmDigest;
import java.nio.charset.StandardCharsets;

/** Manifests as those who push modules write them. */
final class OciArtifacts {

  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String WASM = "application/wasm";

  /** Of {@code wasm-to-oci}. */
  static final String OLD_WASM = "application/vnd.wasm.content.layer.v1+wasm";

  /** Of {@code oras push} where nobody says a type. */
  static final String UNTYPED = "application/vnd.oci.image.layer.v1.tar";

  static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  private OciArtifacts() {}

  static byte[] manifest(String... layers) {
    return """
    {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
        .formatted(
            MANIFEST,
            layer("application/vnd.oci.empty.v1+json", EMPTY, null),
            String.join(",", layers))
        .getBytes(StandardCharsets.UTF_8);
  }

  static String layer(String type, byte[] bytes, String title) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(
            type,
            WasmDigest.of(bytes),
            bytes.length,
            title == null
                ? ""
                : ",\"annotations\":{\"org.opencontainers.image.title\":\"%s\"}".formatted(title));
  }

  static byte[] index(String... manifests) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(INDEX, String.join(",", manifests))
        .getBytes(StandardCharsets.UTF_8);
  }

  static String platform(byte[] manifest, String os, String architecture) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}}"
        .formatted(MANIFEST, WasmDigest.of(manifest), manifest.length, os, architecture);
  }
}
