package io.github.wasmspring.internal.load;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.internal.module.ShownText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an artifact is made of: layers if it is an image, manifests if it is an index.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI Image
 *     Manifest Specification</a>
 */
final class OciManifest {

  /** What is asked for. */
  static final String ACCEPTED =
      String.join(
          ", ",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  private static final int MOST_SHOWN = 10;

  private final boolean index;
  private final List<OciDescriptor> parts;

  private OciManifest(boolean index, List<OciDescriptor> parts) {
    this.index = index;
    this.parts = parts;
  }

  /**
   * @throws RefusedContentException if it is none
   */
  static OciManifest parse(byte[] bytes) throws RefusedContentException {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(bytes);
    } catch (JacksonException malformed) {
      throw noManifest();
    }
    boolean index = json.path("manifests").isArray();
    JsonNode parts = json.path(index ? "manifests" : "layers");
    if (!parts.isArray()) {
      throw noManifest();
    }
    List<OciDescriptor> descriptors = new ArrayList<>();
    for (JsonNode part : parts) {
      descriptors.add(OciDescriptor.of(part));
    }
    return new OciManifest(index, descriptors);
  }

  private static RefusedContentException noManifest() {
    return new RefusedContentException(
        WasmErrorCategory.MALFORMED, "what the registry gives out is not the manifest of an image");
  }

  boolean isIndex() {
    return this.index;
  }

  /** The manifest of an index that is meant: the only one, or the one for WebAssembly. */
  OciDescriptor manifest() throws IOException {
    if (this.parts.size() == 1) {
      return this.parts.get(0);
    }
    List<OciDescriptor> forWasm = those(OciDescriptor::isForWasm);
    if (forWasm.size() == 1) {
      return forWasm.get(0);
    }
    throw new RefusedContentException(
        WasmErrorCategory.MALFORMED,
        "it is an index of %d manifests, of which %d are for WebAssembly (%s); name one by its digest"
            .formatted(
                this.parts.size(),
                forWasm.size(),
                this.parts.stream()
                    .map(part -> part.shownPlatform() + " " + part.digest())
                    .limit(MOST_SHOWN)
                    .collect(Collectors.joining(", "))));
  }

  /**
   * The layer that is meant.
   *
   * @param file its title, or {@code *} and how that ends; {@code null} for the module
   */
  OciDescriptor layer(@Nullable String file) throws IOException {
    List<OciDescriptor> meant;
    if (file != null) {
      meant = those(layer -> layer.isNamed(file));
    } else {
      meant = those(OciDescriptor::isModule);
      if (meant.isEmpty()) {
        meant = those(OciDescriptor::isNamedAsModule);
      }
    }
    if (meant.isEmpty()) {
      throw none(file);
    }
    if (meant.size() > 1) {
      throw new IOException(
          "it has %d layers that are meant by that: %s; name one by its title behind a !, as in oci:…/plugin:1.2!plugin.wasm"
              .formatted(meant.size(), shown(meant)));
    }
    return meant.get(0);
  }

  private IOException none(@Nullable String file) {
    if (file != null) {
      return new FileNotFoundException(
          "it has no layer with the title %s, but %s"
              .formatted(ShownText.of(file), shown(this.parts)));
    }
    return new RefusedContentException(
        WasmErrorCategory.MALFORMED,
        "it has no layer of the type application/wasm, but %s; oras push REFERENCE plugin.wasm:application/wasm makes one"
            .formatted(shown(this.parts)));
  }

  private List<OciDescriptor> those(Predicate<OciDescriptor> wanted) {
    return this.parts.stream().filter(wanted).toList();
  }

  private static String shown(List<OciDescriptor> parts) {
    return parts.isEmpty()
        ? "none at all"
        : parts.stream()
            .limit(MOST_SHOWN)
            .map(OciDescriptor::toString)
            .collect(Collectors.joining(", "));
  }
}
