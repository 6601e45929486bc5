package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.internal.file.PrivateDirectory;
import io.github.wasmspring.internal.file.PrivateDirectory.Entry;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plug-ins in a directory: {@code blobs} has the bytes of modules, named by their SHA-256, and
 * {@code plugins} one small file for each plug-in, which is all that changes. Each file is written
 * beside its place, forced to the disk and then moved there, so that whenever the process dies
 * there is the old one or the new one. Bytes are there before a plug-in has them, and go after no
 * plug-in has them any more.
 */
public final class PluginStore implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(PluginStore.class);

  private static final String BLOB = ".wasm";
  private static final String PLUGIN = ".json";
  private static final Pattern BLOB_NAME = Pattern.compile("[0-9a-f]{64}\\.wasm");
  private static final Pattern PLUGIN_NAME =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,99})\\.json");
  private static final int LONGEST_FILE = 16 << 20;

  /** Puts a file into a directory for good, all of it or nothing. */
  @FunctionalInterface
  interface Writer {

    /** What is done unless a test wants the disk to be full. */
    Writer DURABLE = PrivateDirectory::write;

    void write(PrivateDirectory directory, String name, ByteBuffer content) throws IOException;

    /** Has the names of files reach the disk. */
    default void force(PrivateDirectory directory) throws IOException {
      directory.force();
    }
  }

  private final Path path;
  private final PluginLock lock;
  private final PrivateDirectory blobs;
  private final PrivateDirectory plugins;
  private final Writer writer;
  private final Map<String, StoredPlugin> stored = new ConcurrentHashMap<>();
  private final Map<String, String> damaged = new ConcurrentHashMap<>();

  /** How often each digest is in use although no plug-in has it. */
  private final Map<String, Integer> held = new HashMap<>();

  /** The files of bytes that were not there before this process wrote them; guarded by this. */
  private final Set<String> ours = new HashSet<>();

  /** Another process may have the directory from then on; guarded by this. */
  private boolean closed;

  private PluginStore(
      Path path, PluginLock lock, PrivateDirectory blobs, PrivateDirectory plugins, Writer writer) {
    this.path = path;
    this.lock = lock;
    this.blobs = blobs;
    this.plugins = plugins;
    this.writer = writer;
  }

  /**
   * Opens a directory, or makes one for its owner alone, and clears away what a process that died
   * has left.
   *
   * @throws IOException if it can't be used, or must not be because others could write to it, or is
   *     in use; the message says what to do
   */
  public static PluginStore open(Path directory) throws IOException {
    return open(directory, Writer.DURABLE);
  }

  static PluginStore open(Path directory, Writer writer) throws IOException {
    Path root = PrivateDirectory.open(directory).path();
    PluginLock lock = PluginLock.take(root);
    try {
      PluginStore store =
          new PluginStore(
              root,
              lock,
              PrivateDirectory.open(root.resolve("blobs")),
              PrivateDirectory.open(root.resolve("plugins")),
              writer);
      store.read();
      store.sweep();
      return store;
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private void read() throws IOException {
    for (Entry file : this.plugins.entries("*" + PLUGIN)) {
      Matcher name = PLUGIN_NAME.matcher(file.name());
      if (!name.matches()) {
        logger.warn(
            "{} is no file of a plug-in, and is left alone: no plug-in can have such an id",
            file.path());
        continue;
      }
      String id = name.group(1);
      try {
        this.stored.put(id, recovered(StoredPluginJson.read(id, content(file))));
      } catch (IOException failed) {
        this.damaged.put(
            id,
            "its file plugins/%s can't be read: %s; restore it from a backup, or remove the plug-in and install it again"
                .formatted(file.name(), failed.getMessage()));
      }
    }
  }

  private byte[] content(Entry file) throws IOException {
    byte[] content = this.plugins.read(file.name(), LONGEST_FILE);
    if (content == null) {
      throw new DamagedPluginException("it has more than 16 MB");
    }
    return content;
  }

  /** A trial ends with the process that it was made in. */
  private static StoredPlugin recovered(StoredPlugin plugin) {
    StoredRevision candidate = plugin.candidate();
    return candidate == null
        ? plugin
        : plugin.with(candidate.with(WasmPluginOutcome.ROLLED_BACK, StoredRevision.STOPPED));
  }

  private void sweep() throws IOException {
    this.blobs.deleteAbandoned(Duration.ZERO);
    this.plugins.deleteAbandoned(Duration.ZERO);
    deleteUnused();
  }

  /** Those that could be read, by their ids. */
  Map<String, StoredPlugin> plugins() {
    return new TreeMap<>(this.stored);
  }

  @Nullable StoredPlugin find(String id) {
    return this.stored.get(id);
  }

  /** Why others could not be read, by their ids; for people. */
  Map<String, String> damaged() {
    return new TreeMap<>(this.damaged);
  }

  /**
   * Replaces what is stored of a plug-in, and lets go of bytes that nobody has any more.
   *
   * @throws IOException if nothing is changed, because it can't be written, or could not be read
   */
  synchronized void save(StoredPlugin plugin) throws IOException {
    requireOpen();
    byte[] file = file(plugin);
    this.writer.write(this.plugins, plugin.id() + PLUGIN, ByteBuffer.wrap(file));
    this.stored.put(plugin.id(), plugin);
    forcePlugins();
  }

  /** What is written, if the next start can read it. */
  private static byte[] file(StoredPlugin plugin) throws IOException {
    byte[] file = StoredPluginJson.write(plugin);
    if (file.length > LONGEST_FILE) {
      throw new DamagedPluginException("its file would have more than 16 MB");
    }
    if (!StoredPluginJson.read(plugin.id(), file).equals(plugin)) {
      throw new DamagedPluginException("it could not be read as it is");
    }
    return file;
  }

  /**
   * Forgets a plug-in, one that could not be read too.
   *
   * @throws IOException if nothing is changed
   */
  synchronized void delete(String id) throws IOException {
    requireOpen();
    this.plugins.delete(id + PLUGIN);
    this.stored.remove(id);
    this.damaged.remove(id);
    forcePlugins();
  }

  /**
   * What has been replaced is replaced. If the disk may forget that without power, the bytes that
   * were used before stay.
   */
  private void forcePlugins() {
    try {
      this.writer.force(this.plugins);
      deleteUnusedQuietly();
    } catch (IOException failure) {
      logger.warn(
          "What was just stored in {} may be lost if this machine loses its power now",
          this.plugins.path(),
          failure);
    }
  }

  /**
   * Keeps bytes, be it that no plug-in has them, until that is closed.
   *
   * @throws IOException if they can't be written
   */
  synchronized HeldBlob hold(String digest, byte[] bytes) throws IOException {
    requireOpen();
    String name = blobName(digest);
    if (!Arrays.equals(this.blobs.read(name, bytes.length), bytes)) {
      boolean missing = this.blobs.entries(name).isEmpty();
      this.writer.write(this.blobs, name, ByteBuffer.wrap(bytes));
      if (missing) {
        this.ours.add(name);
      }
      this.writer.force(this.blobs);
    }
    this.held.merge(digest, 1, Integer::sum);
    return () -> release(digest);
  }

  /** Bytes that stay where they are until it is closed. */
  interface HeldBlob extends AutoCloseable {
    @Override
    void close();
  }

  private synchronized void release(String digest) {
    this.held.computeIfPresent(digest, (key, times) -> times == 1 ? null : times - 1);
    deleteUnusedQuietly();
  }

  /**
   * The bytes of a module.
   *
   * @throws FileNotFoundException if they are not there
   * @throws IOException if they can't be read, or others could have written them
   */
  byte[] read(String digest, long size) throws IOException {
    byte[] bytes = this.blobs.read(blobName(digest), size);
    if (bytes == null) {
      throw new FileNotFoundException(
          "the file blobs/%s of the plug-in directory is missing or too long; restore it from a backup, or go back to another revision"
              .formatted(blobName(digest)));
    }
    return bytes;
  }

  /** Whether the bytes are as many as they were. */
  boolean has(String digest, long size) throws IOException {
    for (Entry entry : this.blobs.entries(blobName(digest))) {
      return entry.size() == size;
    }
    return false;
  }

  private static String blobName(String digest) {
    return digest.substring(digest.indexOf(':') + 1) + BLOB;
  }

  private synchronized void deleteUnusedQuietly() {
    if (this.closed) {
      return;
    }
    try {
      deleteUnused();
    } catch (IOException later) {
      logger.debug(
          "Bytes of plug-ins that are not used any more are left to the next start", later);
    }
  }

  private synchronized void deleteUnused() throws IOException {
    Set<String> used = new HashSet<>();
    this.held.keySet().forEach(digest -> used.add(blobName(digest)));
    for (StoredPlugin plugin : this.stored.values()) {
      plugin.keptDigests().forEach(digest -> used.add(blobName(digest)));
    }
    for (Entry blob : this.blobs.entries("*" + BLOB)) {
      if (BLOB_NAME.matcher(blob.name()).matches()
          && !used.contains(blob.name())
          && mayGo(blob.name())) {
        this.blobs.delete(blob.name());
        this.ours.remove(blob.name());
      }
    }
  }

  /** What is damaged may have had any that was there before. */
  private boolean mayGo(String blob) {
    return this.damaged.isEmpty() || this.ours.contains(blob);
  }

  /** Where it is. */
  Path path() {
    return this.path;
  }

  private void requireOpen() throws IOException {
    if (this.closed) {
      throw new IOException("the plug-in directory is closed");
    }
  }

  /** Waits for what is being written; nothing is from then on. */
  @Override
  public synchronized void close() throws IOException {
    this.closed = true;
    this.lock.close();
  }
}
