package io.github.wasmspring.internal.load;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.internal.module.ShownText;
import tools.jackson.databind.JsonNode;

/**
 * What a manifest says of a layer, or an index of a manifest.
 *
 * @param mediaType may be empty
 * @param size in bytes
 * @param title the name of the file, may be empty
 * @param platform operating system and architecture, may be empty
 */
record OciDescriptor(String mediaType, String digest, long size, String title, String platform) {

  private static final String TITLE = "org.opencontainers.image.title";

  /**
   * @throws RefusedContentException if it has no proper digest or size
   */
  static OciDescriptor of(JsonNode json) throws RefusedContentException {
    String digest = text(json, "digest");
    JsonNode size = json.path("size");
    if (!OciDigest.isOne(digest)
        || !size.isIntegralNumber()
        || !size.canConvertToLong()
        || size.longValue() < 0) {
      throw new RefusedContentException(
          WasmErrorCategory.MALFORMED, "its manifest names a layer without digest or size");
    }
    JsonNode platform = json.path("platform");
    return new OciDescriptor(
        text(json, "mediaType"),
        digest,
        size.longValue(),
        text(json.path("annotations"), TITLE),
        platform.isObject() ? text(platform, "os") + "/" + text(platform, "architecture") : "");
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isString() ? value.stringValue() : "";
  }

  boolean isModule() {
    String type = this.mediaType;
    Packing packing = Packing.ofMediaType(type);
    String plain = packing == null ? type : type.substring(0, type.lastIndexOf('+'));
    return plain.equals("application/wasm")
        || plain.equals("application/vnd.wasm.content.layer.v1+wasm");
  }

  /** Of who pushed a file without saying of which type it is. */
  boolean isNamedAsModule() {
    return Packing.fileWithoutSuffix(this.title).endsWith(".wasm");
  }

  boolean isNamed(String file) {
    return file.startsWith("*") ? this.title.endsWith(file.substring(1)) : this.title.equals(file);
  }

  boolean isForWasm() {
    return this.platform.contains("wasm") || this.platform.startsWith("wasi");
  }

  String shownPlatform() {
    return ShownText.of(this.platform);
  }

  /** For people. */
  @Override
  public String toString() {
    String type = ShownText.of(this.mediaType);
    return this.title.isEmpty() ? type : ShownText.of(this.title) + " (" + type + ")";
  }
}
