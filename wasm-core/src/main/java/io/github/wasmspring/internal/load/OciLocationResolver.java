package io.github.wasmspring.internal.load;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmLocation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Opens {@code oci:} locations: the module in an artifact of an OCI registry, by tag or digest.
 * Manifest and layer must have the digests by which they are known before anybody sees them.
 */
public final class OciLocationResolver implements WasmLocationResolver {

  /** An index may name an index, but there is an end to it. */
  private static final int MOST_INDEXES = 2;

  private final HttpReader reader;
  private final OciSettings settings;
  private final DockerConfig credentials;

  /** Digests of manifests by location. */
  private final RecentlyUsed<String> lastRead = new RecentlyUsed<>();

  /**
   * Layers by repository and digest: a digest alone would let anybody have the layer of a
   * repository that he may not read, by naming it.
   */
  private final RecentlyUsed<KeptBody> layers = new RecentlyUsed<>();

  OciLocationResolver(HttpReader reader, OciSettings settings) {
    this.reader = reader;
    this.settings = settings;
    this.credentials =
        new DockerConfig(
            Objects.requireNonNullElseGet(settings.dockerConfig(), DockerConfig::usualFile));
  }

  @Override
  public boolean supports(String location) {
    return new WasmLocation(location).isInRegistry();
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    return open(location, false);
  }

  @Override
  public InputStream openFromOutside(String location, ClassLoader classLoader) throws IOException {
    return open(location, true);
  }

  private InputStream open(String location, boolean fromOutside) throws IOException {
    OciReference artifact = OciReference.parse(location);
    OciSession session = session(artifact, fromOutside);
    HttpAnswer answer = session.manifest(artifact.tagOrDigest());
    ByteChunks top = answer.body();
    String digest = digest(artifact, answer);
    OciDigest.check("the manifest", digest, top);
    OciDescriptor layer = image(session, top).layer(artifact.file());
    ByteChunks bytes = bytes(session, artifact, layer);
    this.lastRead.put(LastReads.key(location, fromOutside), digest);
    return unpacked(layer, bytes, session.deadline());
  }

  /** That is asked for, or that the registry says, or else that it has. */
  private static String digest(OciReference artifact, HttpAnswer answer) {
    if (artifact.digest() != null) {
      return artifact.digest();
    }
    String said = answer.header(OciSession.DIGEST_HEADER);
    return said != null && OciDigest.isOne(said) ? said : OciDigest.sha256(answer.body());
  }

  private OciSession session(OciReference artifact, boolean fromOutside) {
    return new OciSession(this.reader, this.settings, this.credentials, artifact, fromOutside);
  }

  private static OciManifest image(OciSession session, ByteChunks top) throws IOException {
    OciManifest manifest = parsed(top);
    for (int indexes = 0; manifest.isIndex(); indexes++) {
      if (indexes == MOST_INDEXES) {
        throw new RefusedContentException(
            WasmErrorCategory.MALFORMED, "it is an index of indexes without end");
      }
      OciDescriptor meant = manifest.manifest();
      ByteChunks next = session.manifest(meant.digest()).body();
      OciDigest.check("the manifest", meant.digest(), next);
      manifest = parsed(next);
    }
    return manifest;
  }

  private static OciManifest parsed(ByteChunks manifest) throws IOException {
    return OciManifest.parse(
        BoundedBytes.read(manifest.stream(false), Integer.MAX_VALUE, "its manifest"));
  }

  private ByteChunks bytes(OciSession session, OciReference artifact, OciDescriptor layer)
      throws IOException {
    String key = artifact.registry() + "/" + artifact.repository() + "@" + layer.digest();
    KeptBody kept = this.layers.get(key);
    ByteChunks known = kept == null ? null : kept.get();
    if (known != null) {
      return known;
    }
    long most = this.reader.settings().maxSize();
    if (layer.size() > most) {
      throw new OversizeException("its layer", most);
    }
    ByteChunks bytes = session.layer(layer, most);
    if (bytes.size() < layer.size()) {
      throw new IOException(
          "it is cut off: %d of %d bytes arrived".formatted(bytes.size(), layer.size()));
    }
    OciDigest.check("the layer", layer.digest(), bytes);
    if (KeptBody.isKept(bytes)) {
      this.layers.put(key, KeptBody.of(bytes));
    }
    return bytes;
  }

  private static InputStream unpacked(OciDescriptor layer, ByteChunks bytes, LoadDeadline deadline)
      throws IOException {
    InputStream stream = GuardedStream.until(deadline, bytes.stream(!KeptBody.isKept(bytes)));
    Packing packing = Packing.ofMediaType(layer.mediaType());
    if (packing == null) {
      packing = Packing.ofFile(layer.title());
    }
    return packing == null ? stream : packing.unpackUnlessModule(stream);
  }

  @Override
  public boolean mayHaveChanged(String location, ClassLoader classLoader, boolean fromOutside)
      throws IOException {
    OciReference artifact = OciReference.parse(location);
    String before = this.lastRead.get(LastReads.key(location, fromOutside));
    if (before == null) {
      return true;
    }
    if (artifact.digest() != null) {
      return false;
    }
    String now = session(artifact, fromOutside).manifestDigest(artifact.tagOrDigest());
    return !before.equals(now);
  }
}
