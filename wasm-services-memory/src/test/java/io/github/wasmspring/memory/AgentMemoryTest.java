package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMemoryTest {

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

  record Order(String item, int count) {}

  private static List<String> keys(List<StoredMemory> found) {
    return found.stream().map(StoredMemory::key).toList();
  }

  @Test
  void whatIsPutIsThereWithAllThatBelongsToIt() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace tea = memory.namespace("shop/tea");
      long version =
          tea.put(
              MemoryEntry.text("likes", "Grüner Tee 🍵")
                  .withTags("taste", "customer")
                  .withTtl(Duration.ofHours(1)));
      assertThat(tea.get("likes"))
          .hasValueSatisfying(
              found -> {
                assertThat(found.text()).isEqualTo("Grüner Tee 🍵");
                assertThat(found.kind()).isEqualTo(MemoryKind.TEXT);
                assertThat(found.version()).isEqualTo(version);
                assertThat(found.namespace()).isEqualTo("shop/tea");
                assertThat(found.tags()).containsExactly("customer", "taste");
                assertThat(found.written()).isEqualTo(AdjustableClock.START);
                assertThat(found.expires())
                    .isEqualTo(AdjustableClock.START.plus(Duration.ofHours(1)));
              });
      assertThat(memory.namespace("shop").get("likes")).isEmpty();
      assertThat(memory.namespaces()).containsExactly("shop/tea");
    }
  }

  @Test
  void everyKindOfValueComesBackAsItWas() {
    byte[] noise = new byte[100_000];
    new Random(7).nextBytes(noise);
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace all = memory.namespace("all");
      all.put(MemoryEntry.bytes("empty", new byte[0]));
      all.put(MemoryEntry.bytes("noise", noise));
      all.put(MemoryEntry.text("long", "tea and coffee. ".repeat(10_000)));
      all.put(MemoryEntry.json("json", "{\"a\": [1, 2.50, null]}"));
      all.put(MemoryEntry.object("order", new Order("tea", 3)));
      assertThat(all.get("empty").orElseThrow().value()).isEmpty();
      assertThat(all.get("noise").orElseThrow().value()).isEqualTo(noise);
      assertThat(all.get("long").orElseThrow().text()).isEqualTo("tea and coffee. ".repeat(10_000));
      assertThat(all.get("json").orElseThrow().text()).isEqualTo("{\"a\": [1, 2.50, null]}");
      assertThat(all.get("order").orElseThrow().as(Order.class)).isEqualTo(new Order("tea", 3));
      assertThat(all.stats().bytes()).isBetween(100_000L, 105_000L);
    }
  }

  @Test
  void aRestartLosesNothing() {
    try (AgentMemory memory = this.home.open()) {
      memory.namespace("a").put(MemoryEntry.text("key", "kept").withTags("tag"));
    }
    try (AgentMemory memory = this.home.open()) {
      assertThat(memory.namespace("a").get("key").orElseThrow().text()).isEqualTo("kept");
      assertThat(keys(memory.namespace("a").recall(MemoryQuery.builder().allTags("tag").build())))
          .containsExactly("key");
    }
  }

  @Test
  void recallIsByPrefixTagsAndTime() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("day/1", "a").withTags("x", "y"));
      this.home.clock.advance(Duration.ofMinutes(1));
      notes.put(MemoryEntry.text("day/2", "b").withTags("y"));
      this.home.clock.advance(Duration.ofMinutes(1));
      notes.put(MemoryEntry.text("day0", "c").withTags("z"));
      notes.put(MemoryEntry.text("night", "d"));
      MemoryQuery.Builder all = MemoryQuery.builder();
      assertThat(keys(notes.recall(all.build())))
          .containsExactly("night", "day0", "day/2", "day/1");
      assertThat(keys(notes.recall(MemoryQuery.builder().prefix("day/").build())))
          .containsExactly("day/2", "day/1");
      assertThat(keys(notes.recall(MemoryQuery.builder().allTags("x", "y").build())))
          .containsExactly("day/1");
      assertThat(keys(notes.recall(MemoryQuery.builder().anyTags("x", "z").build())))
          .containsExactly("day0", "day/1");
      assertThat(keys(notes.recall(MemoryQuery.builder().allTags("y").anyTags("x", "z").build())))
          .containsExactly("day/1");
      assertThat(
              keys(
                  notes.recall(
                      MemoryQuery.builder()
                          .from(AdjustableClock.START.plus(Duration.ofMinutes(1)))
                          .before(AdjustableClock.START.plus(Duration.ofMinutes(2)))
                          .build())))
          .containsExactly("day/2");
      assertThat(keys(notes.recall(MemoryQuery.builder().order(MemoryOrder.KEY).limit(2).build())))
          .containsExactly("day/1", "day/2");
      assertThat(keys(notes.recall(MemoryQuery.builder().order(MemoryOrder.OLDEST).build())))
          .containsExactly("day/1", "day/2", "day0", "night");
      assertThat(notes.keys("")).containsExactly("day/1", "day/2", "day0", "night");
      assertThat(notes.keys("n")).containsExactly("night");
    }
  }

  @Test
  void timesAreComparedExactly() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "x"));
      Instant written = notes.get("key").orElseThrow().written();
      MemoryQuery.Builder query = MemoryQuery.builder().from(written);
      assertThat(notes.recall(query.build())).hasSize(1);
      assertThat(notes.recall(query.from(written.plusNanos(1)).build())).isEmpty();
      query = MemoryQuery.builder().before(written.plusNanos(1));
      assertThat(notes.recall(query.build())).hasSize(1);
      assertThat(notes.recall(query.before(written).build())).isEmpty();
      assertThatThrownBy(() -> MemoryQuery.builder().before(Instant.MAX).build())
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> MemoryQuery.builder().from(Instant.MIN).build())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void prefixesAreThoseOfCodePoints() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace odd = memory.namespace("odd");
      List<String> keys =
          List.of(
              "a",
              "a\uD7FF",
              "a\uD7FFz",
              "a\uE000",
              "a\uFFFF",
              "a😀",
              "a\uDBFF\uDFFF",
              "a\uDBFF\uDFFFb",
              "b",
              "%",
              "_",
              "a%");
      keys.forEach(key -> odd.put(MemoryEntry.text(key, key)));
      for (String prefix : keys) {
        assertThat(odd.keys(prefix))
            .containsExactlyInAnyOrderElementsOf(
                keys.stream().filter(key -> key.startsWith(prefix)).toList());
      }
    }
  }

  @Test
  void aReplacedEntryIsNotFoundByWhatItWas() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "old").withTags("old"));
      notes.put(MemoryEntry.text("key", "new").withTags("new"));
      assertThat(notes.recall(MemoryQuery.builder().allTags("old").build())).isEmpty();
      assertThat(notes.recall(MemoryQuery.builder().allTags("new").build()))
          .singleElement()
          .extracting(StoredMemory::text)
          .isEqualTo("new");
      assertThat(notes.stats().versions()).isEqualTo(1);
    }
  }

  @Test
  void whatIsRemovedOrClearedIsGone() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryNamespace others = memory.namespace("others");
      others.put(MemoryEntry.text("stays", "x"));
      MemoryHome.fill(notes, 450, i -> MemoryEntry.text("key" + i, "value").withTags("tag"));
      assertThat(notes.remove("key7")).isTrue();
      assertThat(notes.remove("key7")).isFalse();
      assertThat(others.remove("key8")).isFalse();
      assertThat(notes.get("key7")).isEmpty();
      assertThat(notes.stats().entries()).isEqualTo(449);
      notes.clear();
      assertThat(notes.recall(MemoryQuery.builder().build())).isEmpty();
      assertThat(notes.stats()).isEqualTo(new MemoryNamespaceStats(0, 0, 0, 0));
      assertThat(others.get("stays")).isPresent();
      memory.namespace("never").clear();
    }
  }

  @Test
  void whatCanNeverBeIsRefused() {
    try (AgentMemory memory =
        this.home.builder().location(this.home.file).maxValueSize(1000).open()) {
      for (String name : List.of("", "-a", "a b", "a\n", "ü", "x".repeat(101))) {
        assertThatThrownBy(() -> memory.namespace(name))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("namespace");
      }
      MemoryNamespace notes = memory.namespace("x".repeat(100));
      for (String key : List.of("", "a\u0000b", "a\nb", "x".repeat(513), "\uD800")) {
        assertThatThrownBy(() -> MemoryEntry.text(key, "x"))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> notes.get(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MemoryEntry.text("key", "x").withTags(key))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> MemoryEntry.text("key", "\uDC00")).hasMessageContaining("surrogate");
      assertThatThrownBy(() -> MemoryEntry.json("key", "\"\uDC00\""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("surrogate");
      assertThatThrownBy(() -> MemoryEntry.json("key", "{\"a\":"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("JSON");
      assertThatThrownBy(() -> MemoryEntry.json("key", ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> MemoryEntry.text("key", "x").withTtl(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> MemoryEntry.text("key", "x").withVector(new float[] {0, 0}))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> MemoryQuery.builder().limit(0).build())
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> notes.put(MemoryEntry.bytes("big", new byte[1001])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'big'")
          .hasMessageContaining("1001")
          .hasMessageContaining("1000");
      notes.put(MemoryEntry.bytes("x".repeat(512), new byte[1000]));
      assertThatThrownBy(() -> notes.get("x".repeat(512)).orElseThrow().as(Order.class))
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("no JSON");
    }
  }

  @Test
  void keysAreReadInPages() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryHome.fill(notes, 25, i -> MemoryEntry.text("key" + (i + 10), "x"));
      notes.put(MemoryEntry.text("other", "x"));
      List<String> first = notes.keys("key", null, 10);
      List<String> second = notes.keys("key", first.get(9), 10);
      List<String> third = notes.keys("key", second.get(9), 10);
      assertThat(first).hasSize(10).startsWith("key10").endsWith("key19");
      assertThat(second).hasSize(10).startsWith("key20");
      assertThat(third).containsExactly("key30", "key31", "key32", "key33", "key34");
      assertThat(notes.keys("key", "key34", 10)).isEmpty();
      assertThatThrownBy(() -> notes.keys("", null, 0)).hasMessageContaining("limit");
      assertThatThrownBy(() -> notes.keys("", null, 10_001)).hasMessageContaining("limit");
      assertThatThrownBy(() -> notes.keys("", "", 1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Values are found by their versions, however many entries there are. */
  @Test
  void recallingReadsNoMoreValuesThanItAnswers() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryHome.fill(notes, 450, i -> MemoryEntry.text("key" + i, "x"));
      List<StoredMemory> found =
          notes.recall(MemoryQuery.builder().prefix("key").limit(420).build());
      assertThat(found).hasSize(420);
      assertThat(found)
          .extracting(StoredMemory::version)
          .isSortedAccordingTo(Comparator.reverseOrder());
    }
    String versions = "1" + ", 1".repeat(199);
    assertThat(
            this.home.plan(
                EntryQueries.BY_VERSION
                    .formatted("value", versions)
                    .replaceFirst("[?]", "'notes'")
                    .replaceFirst("[?]", "1")))
        .contains("SEARCH e USING INTEGER PRIMARY KEY (rowid=?)");
  }
}
