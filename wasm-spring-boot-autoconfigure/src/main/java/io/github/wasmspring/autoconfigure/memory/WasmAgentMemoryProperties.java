package io.github.wasmspring.autoconfigure.memory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.unit.DataSize;

/** Configuration properties for agent memory. */
@Lazy
@ConfigurationProperties("wasm.services.memory")
public class WasmAgentMemoryProperties {

  /** Whether there is an agent memory, where its jar is on the class path and it has a place. */
  private boolean enabled = true;

  /** File that has the entries. */
  private @Nullable Path location;

  /** Bean of type DataSource that has the entries, in place of a file; it must be of SQLite. */
  private @Nullable String dataSource;

  /** Queries that run at the same time. */
  private int readers = 4;

  /** Size from which on a value is compressed, if that makes it smaller. */
  private DataSize compressionThreshold = DataSize.ofBytes(512);

  /** Size that a value may have. */
  private DataSize maxValueSize = DataSize.ofMegabytes(4);

  /** How often what has expired is deleted; zero for never. */
  private Duration purgeInterval = Duration.ofMinutes(1);

  /** Settings of namespaces that have none of their own. */
  private final Namespace defaults = new Namespace();

  /** Settings of namespaces, by their names; what is left out is as the defaults say. */
  private final Map<String, Namespace> namespaces = new LinkedHashMap<>();

  /** The chat memory of Spring AI. */
  private final Chat chat = new Chat();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public @Nullable Path getLocation() {
    return this.location;
  }

  public void setLocation(@Nullable Path location) {
    this.location = location;
  }

  public @Nullable String getDataSource() {
    return this.dataSource;
  }

  public void setDataSource(@Nullable String dataSource) {
    this.dataSource = dataSource;
  }

  public int getReaders() {
    return this.readers;
  }

  public void setReaders(int readers) {
    this.readers = readers;
  }

  public DataSize getCompressionThreshold() {
    return this.compressionThreshold;
  }

  public void setCompressionThreshold(DataSize compressionThreshold) {
    this.compressionThreshold = compressionThreshold;
  }

  public DataSize getMaxValueSize() {
    return this.maxValueSize;
  }

  public void setMaxValueSize(DataSize maxValueSize) {
    this.maxValueSize = maxValueSize;
  }

  public Duration getPurgeInterval() {
    return this.purgeInterval;
  }

  public void setPurgeInterval(Duration purgeInterval) {
    this.purgeInterval = purgeInterval;
  }

  public Namespace getDefaults() {
    return this.defaults;
  }

  public Map<String, Namespace> getNamespaces() {
    return this.namespaces;
  }

  public Chat getChat() {
    return this.chat;
  }

  /** The settings of a namespace. */
  public static class Namespace {

    /** Entries that it may have. */
    private @Nullable Long maxEntries;

    /** Bytes that its keys, tags, stored values and vectors may have together. */
    private @Nullable DataSize maxSize;

    /** How long entries live that don't say it. */
    private @Nullable Duration ttl;

    /** Versions of an entry that are kept. */
    private @Nullable Integer versions;

    /** Whether texts get a vector from the embedding model when they are put. */
    private @Nullable Boolean embedded;

    /** How its vectors are compared. */
    private final Vectors vectors = new Vectors();

    public @Nullable Long getMaxEntries() {
      return this.maxEntries;
    }

    public void setMaxEntries(@Nullable Long maxEntries) {
      this.maxEntries = maxEntries;
    }

    public @Nullable DataSize getMaxSize() {
      return this.maxSize;
    }

    public void setMaxSize(@Nullable DataSize maxSize) {
      this.maxSize = maxSize;
    }

    public @Nullable Duration getTtl() {
      return this.ttl;
    }

    public void setTtl(@Nullable Duration ttl) {
      this.ttl = ttl;
    }

    public @Nullable Integer getVersions() {
      return this.versions;
    }

    public void setVersions(@Nullable Integer versions) {
      this.versions = versions;
    }

    public @Nullable Boolean getEmbedded() {
      return this.embedded;
    }

    public void setEmbedded(@Nullable Boolean embedded) {
      this.embedded = embedded;
    }

    public Vectors getVectors() {
      return this.vectors;
    }
  }

  /** How the vectors of a namespace are compared. */
  public static class Vectors {

    /** Dimensions of every vector; without, those of the first. */
    private @Nullable Integer dimensions;

    /** Whether vectors are linked, so that a search need not compare them all. */
    private @Nullable Boolean graph;

    public @Nullable Integer getDimensions() {
      return this.dimensions;
    }

    public void setDimensions(@Nullable Integer dimensions) {
      this.dimensions = dimensions;
    }

    public @Nullable Boolean getGraph() {
      return this.graph;
    }

    public void setGraph(@Nullable Boolean graph) {
      this.graph = graph;
    }
  }

  /** The chat memory of Spring AI. */
  public static class Chat {

    /** Whether Spring AI keeps its conversations in the agent memory. */
    private boolean enabled = true;

    /** Namespace that has the conversations. */
    private String namespace = "chat";

    public boolean isEnabled() {
      return this.enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    public String getNamespace() {
      return this.namespace;
    }

    public void setNamespace(String namespace) {
      this.namespace = namespace;
    }
  }
}
