package io.github.wasmspring.plugin;

import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be installed as a plug-in, or to replace one:
 *
 * <pre>{@code
 * plugins.install(WasmPluginRequest.of("prices").version("1.2.0").bytes(upload));
 * }</pre>
 *
 * Each method answers with a changed copy. Of {@link #bytes}, {@link #stream}, {@link #location}
 * and {@link #file} the last one counts. How much a plug-in may do is not said here, but by the
 * settings of the application.
 */
public final class WasmPluginRequest {

  private static final int LONGEST_VERSION = 100;

  private final String id;
  private final @Nullable String version;
  private final byte @Nullable [] bytes;
  private final @Nullable InputStream stream;
  private final @Nullable String location;
  private final @Nullable Path file;
  private final byte @Nullable [] signature;
  private final @Nullable String signatureLocation;
  private final @Nullable String digest;
  private final @Nullable String description;
  private final @Nullable String installedBy;
  private final Map<String, String> dependencies;

  private WasmPluginRequest(Draft draft) {
    this.id = draft.id;
    this.version = draft.version;
    this.bytes = draft.bytes;
    this.stream = draft.stream;
    this.location = draft.location;
    this.file = draft.file;
    this.signature = draft.signature;
    this.signatureLocation = draft.signatureLocation;
    this.digest = draft.digest;
    this.description = draft.description;
    this.installedBy = draft.installedBy;
    this.dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(draft.dependencies));
  }

  /**
   * @param id of the plug-in, which is that of its module
   * @throws IllegalArgumentException if no module can have that id
   */
  public static WasmPluginRequest of(String id) {
    // What is wrong with an id, a version, a digest or a range is known there.
    WasmModuleDescriptor.builder(id);
    return new WasmPluginRequest(new Draft(id));
  }

  /**
   * The semantic version of the module; without one that of the revision before, or else 1.0.0.
   *
   * @throws IllegalArgumentException if it is none, or has more than 100 characters
   */
  public WasmPluginRequest version(String version) {
    if (version.length() > LONGEST_VERSION) {
      throw new IllegalArgumentException(
          "The version of plug-in '%s' has %d characters, and may have %d"
              .formatted(this.id, version.length(), LONGEST_VERSION));
    }
    String parsed =
        WasmModuleDescriptor.builder(this.id).version(version).location("any:").build().version();
    return with(draft -> draft.version = parsed);
  }

  /** The bytes of the module; not to be changed until it is installed. */
  public WasmPluginRequest bytes(byte[] bytes) {
    return with(draft -> draft.from(bytes, null, null, null));
  }

  /** The bytes of the module, which are read once, when it is installed; not closed. */
  public WasmPluginRequest stream(InputStream stream) {
    return with(draft -> draft.from(null, stream, null, null));
  }

  /**
   * Where the module is: an {@code https:} or {@code oci:} location. It is read as one that
   * somebody outside has named, and none in a private network.
   */
  public WasmPluginRequest location(String location) {
    return with(draft -> draft.from(null, null, location, null));
  }

  /**
   * A file of this machine, for applications that know what they name: never a file that somebody
   * outside says. A signature is looked for beside it where one is required.
   */
  public WasmPluginRequest file(Path file) {
    return with(draft -> draft.from(null, null, null, file));
  }

  /** What is in the file of the signature of the module. */
  public WasmPluginRequest signature(byte[] signature) {
    return with(
        draft -> {
          draft.signature = signature.clone();
          draft.signatureLocation = null;
        });
  }

  /**
   * Where the file of the signature of the module is; for modules that have a location or are a
   * file. Bytes that are brought without their signature are refused.
   */
  public WasmPluginRequest signature(String location) {
    return with(
        draft -> {
          draft.signature = null;
          draft.signatureLocation = location;
        });
  }

  /**
   * The digest that the bytes must have.
   *
   * @throws IllegalArgumentException if it is not {@code sha256:} and 64 hexadecimal digits
   */
  public WasmPluginRequest digest(String digest) {
    String parsed =
        WasmModuleDescriptor.builder(this.id).digest(digest).location("any:").build().digest();
    return with(draft -> draft.digest = parsed);
  }

  /** One sentence for people. */
  public WasmPluginRequest description(String description) {
    return with(draft -> draft.description = description);
  }

  /** Who brings it, for the history. */
  public WasmPluginRequest installedBy(String name) {
    return with(draft -> draft.installedBy = name);
  }

  /**
   * Another module that this one imports from, with the range of versions that will do.
   *
   * @throws IllegalArgumentException if the range can't be read
   */
  public WasmPluginRequest dependency(String id, String range) {
    WasmModuleDescriptor.builder(this.id).dependency(id, range);
    return with(draft -> draft.dependencies.put(id, range));
  }

  public String id() {
    return this.id;
  }

  public @Nullable String version() {
    return this.version;
  }

  /** {@code null} if the module is somewhere else. */
  public @Nullable InputStream stream() {
    return this.bytes != null ? new ByteArrayInputStream(this.bytes) : this.stream;
  }

  /** {@code null} if the module is somewhere else. */
  public @Nullable String location() {
    return this.location;
  }

  /** {@code null} if the module is somewhere else. */
  public @Nullable Path file() {
    return this.file;
  }

  /** {@code null} if it is not at hand. */
  public byte @Nullable [] signature() {
    return this.signature == null ? null : this.signature.clone();
  }

  public @Nullable String signatureLocation() {
    return this.signatureLocation;
  }

  public @Nullable String digest() {
    return this.digest;
  }

  public @Nullable String description() {
    return this.description;
  }

  public @Nullable String installedBy() {
    return this.installedBy;
  }

  /** Ranges of versions by ids. */
  public Map<String, String> dependencies() {
    return this.dependencies;
  }

  @Override
  public String toString() {
    return "plug-in '%s'".formatted(this.id);
  }

  private WasmPluginRequest with(Consumer<Draft> change) {
    Draft draft = new Draft(this.id);
    draft.version = this.version;
    draft.from(this.bytes, this.stream, this.location, this.file);
    draft.signature = this.signature;
    draft.signatureLocation = this.signatureLocation;
    draft.digest = this.digest;
    draft.description = this.description;
    draft.installedBy = this.installedBy;
    draft.dependencies.putAll(this.dependencies);
    change.accept(draft);
    return new WasmPluginRequest(draft);
  }

  private static final class Draft {

    private final String id;
    private @Nullable String version;
    private byte @Nullable [] bytes;
    private @Nullable InputStream stream;
    private @Nullable String location;
    private @Nullable Path file;
    private byte @Nullable [] signature;
    private @Nullable String signatureLocation;
    private @Nullable String digest;
    private @Nullable String description;
    private @Nullable String installedBy;
    private final Map<String, String> dependencies = new LinkedHashMap<>();

    Draft(String id) {
      this.id = Objects.requireNonNull(id);
    }

    void from(
        byte @Nullable [] bytes,
        @Nullable InputStream stream,
        @Nullable String location,
        @Nullable Path file) {
      this.bytes = bytes;
      this.stream = stream;
      this.location = location;
      this.file = file;
    }
  }
}
