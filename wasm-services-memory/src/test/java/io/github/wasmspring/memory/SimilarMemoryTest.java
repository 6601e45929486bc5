package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.vector.VectorIndexSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SimilarMemoryTest {

  private static final float ANY = Float.NEGATIVE_INFINITY;

  @TempDir Path folder;
  private MemoryHome home;

  @BeforeEach
  void move() {
    this.home = new MemoryHome(this.folder);
  }

  @AfterEach
  void leave() {
    this.home.close();
  }

  private static MemoryEntry entry(String key, float... vector) {
    return MemoryEntry.text(key, "text of " + key).withVector(vector);
  }

  private static List<String> keys(List<SimilarMemory> found) {
    return found.stream().map(each -> each.memory().key()).toList();
  }

  @Test
  void theNearestComeFirst() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThat(notes.similar(new float[] {1, 0}, 3, ANY)).isEmpty();
      notes.put(entry("east", 1, 0));
      notes.put(entry("north", 0, 1));
      notes.put(entry("northeast", 1, 1));
      notes.put(MemoryEntry.text("nowhere", "x"));
      List<SimilarMemory> found = notes.similar(new float[] {2, 0.1f}, 2, ANY);
      assertThat(keys(found)).containsExactly("east", "northeast");
      assertThat(found.get(0).memory().text()).isEqualTo("text of east");
      assertThat(found.get(0).score()).isBetween(0.99f, 1f);
      assertThat(keys(notes.similar(new float[] {2, 0.1f}, 9, 0.9f))).containsExactly("east");
      assertThat(notes.stats().vectors()).isEqualTo(3);
      assertThat(memory.namespace("others").similar(new float[] {1, 0}, 3, ANY)).isEmpty();
    }
  }

  @Test
  void theIndexFollowsTheDatabase() {
    try (AgentMemory memory = this.home.open(settings -> settings.versions(3))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(entry("a", 1, 0));
      notes.put(entry("b", 0, 1));
      assertThat(keys(notes.similar(new float[] {1, 0}, 1, ANY))).containsExactly("a");
      notes.put(entry("a", -1, 0));
      assertThat(keys(notes.similar(new float[] {1, 0}, 1, ANY))).containsExactly("b");
      notes.put(entry("c", 1, 0.1f).withTtl(Duration.ofHours(1)));
      assertThat(keys(notes.similar(new float[] {1, 0}, 1, ANY))).containsExactly("c");
      notes.put(MemoryEntry.text("b", "without a vector"));
      assertThat(keys(notes.similar(new float[] {1, 0}, 9, ANY))).containsExactly("c", "a");
      this.home.clock.advance(Duration.ofHours(1));
      assertThat(keys(notes.similar(new float[] {1, 0}, 1, ANY))).containsExactly("a");
      assertThat(notes.stats().vectors()).isEqualTo(2);
      memory.purge();
      assertThat(notes.stats().vectors()).isEqualTo(1);
      notes.remove("a");
      assertThat(notes.similar(new float[] {1, 0}, 1, ANY)).isEmpty();
    }
  }

  @Test
  void theIndexIsMadeAgainAfterARestart() throws Exception {
    Random random = new Random(5);
    float[] question = vector(random);
    List<String> before;
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryHome.fill(notes, 1100, i -> entry("key" + i, vector(random)));
      MemoryHome.fill(notes, 100, i -> entry("key" + i, vector(random)));
      before = keys(notes.similar(question, 20, ANY));
      assertThat(notes.stats().vectors()).isEqualTo(1100);
    }
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThat(notes.stats().vectors()).isZero();
      assertThat(keys(notes.similar(question, 20, ANY))).isEqualTo(before);
      assertThat(notes.stats().vectors()).isEqualTo(1100);
    }
  }

  private static float[] vector(Random random) {
    float[] vector = new float[8];
    for (int at = 0; at < vector.length; at++) {
      vector[at] = (float) random.nextGaussian();
    }
    return vector;
  }

  @Test
  void textsGetTheirVectorsFromTheEmbedder() {
    try (AgentMemory memory =
        this.home
            .builder()
            .location(this.home.file)
            .defaults(MemoryNamespaceSettings.builder().embedded(true).build())
            .embedder(SimilarMemoryTest::embed)
            .open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("tea", "aab"));
      notes.put(MemoryEntry.text("zoo", "zzy"));
      notes.put(MemoryEntry.bytes("bytes", new byte[] {1}));
      assertThat(keys(notes.similar("ab", 1, ANY))).containsExactly("tea");
      assertThat(keys(notes.similar("yz", 1, ANY))).containsExactly("zoo");
    }
  }

  /** How many letters there are of the first and of the second half of the alphabet. */
  private static float[] embed(String text) {
    float first = text.chars().filter(letter -> letter < 'n').count();
    return new float[] {first, text.length() - first};
  }

  @Test
  void withoutAnEmbedderThatIsTold() {
    try (AgentMemory memory = this.home.open(settings -> settings.embedded(true))) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThatThrownBy(() -> notes.put(MemoryEntry.text("key", "x")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'notes'")
          .hasMessageContaining("embedder");
      assertThatThrownBy(() -> notes.similar("x", 1, ANY))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void otherDimensionsAreRefused() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(entry("a", 1, 0));
      assertThatThrownBy(() -> notes.put(entry("b", 1, 0, 0)))
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("'b'")
          .hasMessageContaining("3 dimensions");
      assertThatThrownBy(() -> notes.similar(new float[] {1, 0, 0}, 1, ANY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 dimensions");
      assertThatThrownBy(() -> notes.similar(new float[] {1, 0}, 0, ANY))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> notes.similar(new float[] {Float.NaN, 0}, 1, ANY))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(keys(notes.similar(new float[] {1, 0}, 1, ANY))).containsExactly("a");
      notes.clear();
      notes.put(entry("b", 1, 0, 0));
      assertThat(keys(notes.similar(new float[] {1, 0, 0}, 1, ANY))).containsExactly("b");
    }
  }

  @Test
  void anIndexThatHasNoRoomIsToldAndTheEntriesStay() throws Exception {
    VectorIndexSettings small = VectorIndexSettings.dimensions(1024).memoryLimit(392_000).build();
    try (AgentMemory memory = this.home.open(settings -> settings.vectors(small))) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThatThrownBy(() -> notes.put(entry("other", 1, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 dimensions")
          .hasMessageContaining("1024");
      float[] vector = new float[1024];
      vector[0] = 1;
      notes.put(entry("first", vector));
      assertThat(keys(notes.similar(vector, 1, ANY))).containsExactly("first");
      MemoryHome.fill(notes, 100, i -> entry("key" + i, vector));
      assertThat(notes.keys("key")).hasSize(100);
      assertThatThrownBy(() -> notes.similar(vector, 1, ANY))
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("'notes'");
      // Nothing is tried again, and no writer waits for it, until vectors have changed.
      long writes = memory.stats().commits();
      assertThatThrownBy(() -> notes.similar(vector, 1, ANY))
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("'notes'");
      assertThat(memory.stats().commits()).isEqualTo(writes);
      for (int i = 90; i < 100; i++) {
        notes.remove("key" + i);
      }
      assertThat(keys(notes.similar(vector, 1, ANY))).containsExactly("first");
    }
  }

  @Test
  void searchersSeeWhatWasAcknowledged() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      List<Future<Boolean>> workers = new ArrayList<>();
      for (int worker = 0; worker < 8; worker++) {
        String key = "key" + worker;
        float[] own = new float[8];
        own[worker] = 1;
        workers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 15; i++) {
                    notes.put(entry(key, own));
                    if (!keys(notes.similar(own, 1, 0.99f)).equals(List.of(key))) {
                      return false;
                    }
                  }
                  return true;
                }));
      }
      for (Future<Boolean> worker : workers) {
        assertThat(worker.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** As if they were replaced between the search and the reading, each time. */
  @Test
  void othersTakeThePlaceOfThoseThatHaveGone() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(entry("east", 1, 0));
      notes.put(entry("northeast", 1, 1));
      notes.put(entry("north", 0, 1));
      assertThat(keys(notes.similar(new float[] {1, 0}, 2, ANY)))
          .containsExactly("east", "northeast");
      try (Connection other = DriverManager.getConnection("jdbc:wasm-sqlite:" + this.home.file);
          Statement statement = other.createStatement()) {
        statement.execute("DELETE FROM wasm_memory_entry WHERE key = 'east'");
      }
      assertThat(keys(notes.similar(new float[] {1, 0}, 2, ANY)))
          .containsExactly("northeast", "north");
    }
  }

  /** Each page of an index begins where the one before has ended. */
  @Test
  void makingTheIndexReadsEachVectorOnce() throws Exception {
    this.home.open().close();
    assertThat(
            this.home.plan(
                MemoryVectors.PAGE
                    .replaceFirst("[?]", "1")
                    .replaceFirst("[?]", "2")
                    .replaceFirst("[?]", "3")
                    .replaceFirst("[?]", "4")))
        .contains("wasm_memory_vector_namespace (namespace=? AND version>?)")
        .doesNotContain("TEMP B-TREE");
  }

  /** Compared with what a list would say. */
  @Test
  void byChanceTheIndexNeverDiffersFromTheEntries() {
    Random random = new Random(8);
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      Map<String, float[]> list = new TreeMap<>();
      for (int step = 0; step < 60; step++) {
        String key = "key" + random.nextInt(30);
        if (random.nextInt(4) == 0) {
          notes.remove(key);
          list.remove(key);
        } else {
          float[] vector = vector(random);
          notes.put(entry(key, vector));
          list.put(key, vector);
        }
        float[] question = vector(random);
        List<String> expected =
            list.entrySet().stream()
                .sorted(
                    Comparator.comparingDouble(
                        (Map.Entry<String, float[]> each) -> -cosine(each.getValue(), question)))
                .limit(3)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(keys(notes.similar(question, 3, ANY))).isEqualTo(expected);
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double left = 0;
    double right = 0;
    for (int at = 0; at < a.length; at++) {
      dot += a[at] * b[at];
      left += a[at] * a[at];
      right += b[at] * b[at];
    }
    return dot / Math.sqrt(left * right);
  }
}
