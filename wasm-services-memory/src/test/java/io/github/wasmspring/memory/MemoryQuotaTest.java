package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryQuotaTest {

  private static final Duration HOUR = Duration.ofHours(1);

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

  private static MemoryEntry noise(String key, int bytes) {
    byte[] value = new byte[bytes];
    new Random(bytes).nextBytes(value);
    return MemoryEntry.bytes(key, value);
  }

  @Test
  void entriesAreCounted() {
    try (AgentMemory memory = this.home.open(settings -> settings.maxEntries(2))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("a", "x"));
      notes.put(MemoryEntry.text("b", "x"));
      notes.put(MemoryEntry.text("b", "again"));
      assertThatThrownBy(() -> notes.put(MemoryEntry.text("c", "x")))
          .isInstanceOfSatisfying(
              MemoryQuotaException.class, full -> assertThat(full.namespace()).isEqualTo("notes"))
          .hasMessageContaining("'notes'")
          .hasMessageContaining("'c'")
          .hasMessageContaining("3 entries")
          .hasMessageContaining("quota is 2");
      assertThat(notes.get("c")).isEmpty();
      assertThat(notes.get("b").orElseThrow().text()).isEqualTo("again");
      memory.namespace("others").put(MemoryEntry.text("c", "x"));
      notes.remove("a");
      notes.put(MemoryEntry.text("c", "x"));
      assertThat(notes.keys("")).containsExactly("b", "c");
    }
  }

  @Test
  void bytesAreCounted() {
    try (AgentMemory memory = this.home.open(settings -> settings.maxBytes(2000))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(noise("a", 1000));
      assertThatThrownBy(() -> notes.put(noise("b", 1000)))
          .isInstanceOf(MemoryQuotaException.class)
          .hasMessageContaining("2002 bytes");
      notes.put(noise("a", 1999));
      assertThat(notes.stats().bytes()).isEqualTo(2000);
      notes.put(noise("a", 10));
      assertThat(notes.stats().bytes()).isEqualTo(11);
      // Compressed, it is small enough.
      notes.put(MemoryEntry.text("long", "tea ".repeat(5000)));
      assertThatThrownBy(() -> notes.put(noise("v", 10).withVector(new float[500])))
          .isInstanceOf(IllegalArgumentException.class);
      float[] vector = new float[500];
      vector[0] = 1;
      assertThatThrownBy(() -> notes.put(noise("v", 10).withVector(vector)))
          .isInstanceOf(MemoryQuotaException.class);
    }
  }

  @Test
  void olderVersionsCount() {
    try (AgentMemory memory =
        this.home.open(settings -> settings.versions(2).maxBytes(2500).maxEntries(1))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(noise("a", 1000));
      notes.put(noise("a", 1001));
      notes.put(noise("a", 1002));
      assertThat(notes.stats()).isEqualTo(new MemoryNamespaceStats(1, 2, 2005, 0));
      assertThatThrownBy(() -> notes.put(noise("a", 1600)))
          .isInstanceOf(MemoryQuotaException.class);
      assertThat(notes.versions("a"))
          .extracting(found -> found.value().length)
          .containsExactly(1002, 1001);
    }
  }

  @Test
  void whatHasExpiredDoesNotCount() {
    try (AgentMemory memory = this.home.open(settings -> settings.maxEntries(2).maxBytes(3000))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(noise("a", 1400).withTtl(HOUR));
      notes.put(noise("b", 1400).withTtl(HOUR));
      this.home.clock.advance(HOUR);
      notes.put(noise("c", 2900));
      assertThat(notes.stats()).isEqualTo(new MemoryNamespaceStats(1, 1, 2901, 0));
    }
  }

  /** An older version that goes anyway makes room once, be it that it has expired too. */
  @Test
  void anOlderVersionThatHasExpiredMakesRoomOnce() {
    try (AgentMemory memory = this.home.open(settings -> settings.versions(2).maxBytes(1000))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(noise("k", 400).withTtl(HOUR));
      this.home.clock.advance(HOUR.dividedBy(2));
      notes.put(noise("k", 400).withTtl(HOUR));
      this.home.clock.advance(Duration.ofMinutes(40));
      assertThatThrownBy(() -> notes.put(noise("k", 900)))
          .isInstanceOf(MemoryQuotaException.class)
          .hasMessageContaining("1302 bytes");
      notes.put(noise("k", 500));
      assertThat(notes.stats().bytes()).isEqualTo(902);
    }
  }

  @Test
  void whatHasExpiredGoesAsFarAsTheRoomIsNeeded() throws Exception {
    try (AgentMemory memory = this.home.open(settings -> settings.maxEntries(1200))) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryHome.fill(notes, 1200, i -> MemoryEntry.text("key" + i, "x").withTtl(HOUR));
      this.home.clock.advance(HOUR);
      notes.put(MemoryEntry.text("new", "x"));
      assertThat(notes.stats().versions()).isEqualTo(701);
    }
  }

  @Test
  void makingRoomNeedsNoScanOfTheNamespace() throws Exception {
    this.home.open().close();
    assertThat(
            this.home.plan(
                "SELECT version FROM wasm_memory_entry WHERE expires IS NOT NULL AND expires <= 1 AND namespace = 1 LIMIT 5"))
        .contains("wasm_memory_entry_expiry_within (namespace=? AND expires");
  }

  @Test
  void quotasHoldAfterARestart() {
    try (AgentMemory memory = this.home.open(settings -> settings.maxEntries(1))) {
      memory.namespace("notes").put(MemoryEntry.text("a", "x"));
    }
    try (AgentMemory memory = this.home.open(settings -> settings.maxEntries(1))) {
      assertThatThrownBy(() -> memory.namespace("notes").put(MemoryEntry.text("b", "x")))
          .isInstanceOf(MemoryQuotaException.class);
    }
  }
}
