package io.github.wasmspring.internal.plugin;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is at the locations of plug-ins: what is stored, and what has only just come. */
final class PluginShelf {

  private final PluginStore store;
  private final Map<PluginLocation, InputStream> arriving = new ConcurrentHashMap<>();
  private final Map<PluginLocation, StoredRevision> candidates = new ConcurrentHashMap<>();
  private final Map<PluginLocation, String> signatures = new ConcurrentHashMap<>();

  PluginShelf(PluginStore store) {
    this.store = store;
  }

  /**
   * Has bytes there that nobody has looked at, which can be read once, while something is done.
   *
   * @param signature what is in the file of their signature, {@code null} if there is none
   */
  <T> T withArriving(
      PluginLocation location, InputStream bytes, @Nullable String signature, Supplier<T> work) {
    this.arriving.put(location, bytes);
    if (signature != null) {
      this.signatures.put(location.ofSignature(), signature);
    }
    try {
      return work.get();
    } finally {
      this.arriving.remove(location);
      this.signatures.remove(location.ofSignature());
    }
  }

  /** Has a revision there whose bytes are held and which is not stored yet, meanwhile. */
  void withCandidate(PluginLocation location, StoredRevision revision, Runnable work) {
    this.candidates.put(location, revision);
    try {
      work.run();
    } finally {
      this.candidates.remove(location);
    }
  }

  /** The signature of what has only just come, {@code null} if it is none. */
  @Nullable InputStream openArrivingSignature(PluginLocation location) {
    String signature = this.signatures.get(location);
    return signature == null ? null : stream(signature);
  }

  /**
   * @throws FileNotFoundException if nothing is there
   */
  InputStream open(PluginLocation location) throws IOException {
    InputStream bytes = this.arriving.remove(location);
    if (bytes != null) {
      return bytes;
    }
    InputStream signature = openArrivingSignature(location);
    if (signature != null) {
      return signature;
    }
    StoredRevision revision = revision(location);
    if (location.signature()) {
      if (revision.signature() == null) {
        throw new FileNotFoundException("it was installed without one");
      }
      return stream(revision.signature());
    }
    if (revision.digest() == null || !revision.kept()) {
      throw new FileNotFoundException("the bytes of that revision are not kept");
    }
    return new ByteArrayInputStream(this.store.read(revision.digest(), revision.size()));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private StoredRevision revision(PluginLocation location) throws FileNotFoundException {
    StoredRevision candidate =
        this.candidates.get(PluginLocation.of(location.id(), location.revision()));
    if (candidate != null) {
      return candidate;
    }
    StoredPlugin plugin = this.store.find(location.id());
    StoredRevision revision = plugin == null ? null : plugin.find(location.revision());
    if (revision == null) {
      throw new FileNotFoundException("there is no such revision of a plug-in");
    }
    return revision;
  }
}
