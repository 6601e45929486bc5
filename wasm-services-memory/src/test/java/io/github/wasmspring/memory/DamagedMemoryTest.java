package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not as it was written is told, and not returned. */
class DamagedMemoryTest {

  private static final List<String> CHANGES =
      List.of(
          "value = zeroblob(length(value))",
          "value = substr(value, 1, length(value) - 1)",
          "value = x''",
          "value = 'text'",
          "encoding = 0",
          "encoding = 7",
          "kind = 0",
          "kind = 99",
          "size = size - 1",
          "size = -1",
          "size = 2147483647",
          "size = 99999999999",
          "kind = 99999999999",
          "written = written + 1",
          "expires = 99999999999999",
          "tags = ''",
          "tags = char(10) || 'other'",
          "key = 'another'",
          "checksum = checksum + 1",
          "value = (SELECT value FROM wasm_memory_entry WHERE key = 'sound')");

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

  private static MemoryEntry entry(String key) {
    return MemoryEntry.text(key, "tea ".repeat(1000)).withTags("tag");
  }

  @Test
  void aRowThatHasChangedIsTold() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("sound", "coffee"));
      MemoryHome.fill(notes, CHANGES.size(), i -> entry("broken" + i));
    }
    for (int i = 0; i < CHANGES.size(); i++) {
      this.home.sql(
          "UPDATE wasm_memory_entry SET " + CHANGES.get(i) + " WHERE key = 'broken" + i + "'");
    }
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      for (int i = 0; i < CHANGES.size(); i++) {
        String key = CHANGES.get(i).startsWith("key") ? "another" : "broken" + i;
        assertThatThrownBy(() -> notes.get(key))
            .as(CHANGES.get(i))
            .isInstanceOfSatisfying(
                MemoryDamagedException.class,
                damaged -> {
                  assertThat(damaged.namespace()).isEqualTo("notes");
                  assertThat(damaged.key()).isEqualTo(key);
                })
            .hasMessageContaining("'notes'")
            .hasMessageContaining("'" + key + "'")
            .hasMessageContaining("remove it");
        assertThatThrownBy(() -> notes.recall(MemoryQuery.builder().build()))
            .isInstanceOf(MemoryDamagedException.class);
        assertThat(notes.get("sound").orElseThrow().text()).isEqualTo("coffee");
        assertThat(notes.remove(key)).isTrue();
      }
      assertThat(notes.recall(MemoryQuery.builder().build())).hasSize(1);
    }
  }

  @Test
  void aVectorThatHasChangedIsTold() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      memory.namespace("notes").put(MemoryEntry.text("broken", "x").withVector(new float[] {1, 2}));
    }
    this.home.sql("UPDATE wasm_memory_vector SET vector = x'0000803f00000000'");
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThatThrownBy(() -> notes.similar(new float[] {1, 2}, 3, 0))
          .isInstanceOf(MemoryDamagedException.class)
          .hasMessageContaining("'broken'")
          .hasMessageContaining("vector");
      notes.put(MemoryEntry.text("broken", "new").withVector(new float[] {1, 2}));
      assertThat(notes.similar(new float[] {1, 2}, 3, 0)).hasSize(1);
    }
  }

  @Test
  void rowsOfANamespaceThatIsNotThereAreTold() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      memory.namespace("notes").put(entry("broken"));
      memory.namespace("notes").put(entry("sound"));
    }
    this.home.sql("UPDATE wasm_memory_entry SET namespace = 77, expires = 1 WHERE key = 'broken'");
    try (AgentMemory memory = this.home.open()) {
      assertThatThrownBy(memory::purge)
          .isInstanceOf(AgentMemoryException.class)
          .hasMessageContaining("namespace 77");
      assertThat(memory.namespace("notes").get("sound")).isPresent();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsTold() throws Exception {
    Path file = this.folder.resolve("noise.db");
    byte[] noise = new byte[10_000];
    new Random(3).nextBytes(noise);
    Files.write(file, noise);
    assertThatThrownBy(() -> this.home.builder().location(file).open())
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("backup");
    assertThat(file).hasBinaryContent(noise);
  }
}
