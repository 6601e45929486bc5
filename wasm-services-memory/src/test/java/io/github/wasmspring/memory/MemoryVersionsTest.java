package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryVersionsTest {

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

  @Test
  void asManyAreKeptAsTheSettingsSay() {
    try (AgentMemory memory = this.home.open(settings -> settings.versions(3))) {
      MemoryNamespace notes = memory.namespace("notes");
      for (int i = 1; i <= 5; i++) {
        notes.put(MemoryEntry.text("key", "v" + i).withTags("t" + i));
      }
      assertThat(notes.versions("key"))
          .extracting(StoredMemory::text)
          .containsExactly("v5", "v4", "v3");
      assertThat(notes.versions("key").get(2).tags()).containsExactly("t3");
      assertThat(notes.recall(MemoryQuery.builder().anyTags("t3", "t5").build()))
          .extracting(StoredMemory::text)
          .containsExactly("v5");
      notes.remove("key");
      assertThat(notes.versions("key")).isEmpty();
    }
    try (AgentMemory memory = this.home.open()) {
      assertThat(memory.namespace("notes").stats().versions()).isZero();
    }
  }

  @Test
  void fewerAreKeptWhenTheSettingsSaySo() {
    try (AgentMemory memory = this.home.open(settings -> settings.versions(5))) {
      for (int i = 1; i <= 5; i++) {
        memory.namespace("notes").put(MemoryEntry.text("key", "v" + i));
      }
    }
    try (AgentMemory memory = this.home.open(settings -> settings.versions(2))) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThat(notes.versions("key")).hasSize(2);
      notes.put(MemoryEntry.text("key", "v6"));
      assertThat(notes.stats().versions()).isEqualTo(2);
      assertThat(notes.versions("key")).extracting(StoredMemory::text).containsExactly("v6", "v5");
    }
  }

  @Test
  void aChangeIsMadeOnlyToTheVersionThatWasRead() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      long first = notes.compareAndPut(0, MemoryEntry.text("key", "a"));
      long second = notes.compareAndPut(first, MemoryEntry.text("key", "b"));
      assertThatThrownBy(() -> notes.compareAndPut(first, MemoryEntry.text("key", "c")))
          .isInstanceOfSatisfying(
              MemoryConflictException.class,
              conflict -> assertThat(conflict.actualVersion()).isEqualTo(second))
          .hasMessageContaining("'key'")
          .hasMessageContaining("'notes'")
          .hasMessageContaining(Long.toString(first))
          .hasMessageContaining(Long.toString(second));
      assertThatThrownBy(() -> notes.compareAndPut(0, MemoryEntry.text("key", "c")))
          .isInstanceOf(MemoryConflictException.class);
      assertThat(notes.get("key").orElseThrow().text()).isEqualTo("b");
    }
  }

  @Test
  void aVersionIsNeverGivenTwice() {
    long first;
    try (AgentMemory memory = this.home.open()) {
      first = memory.namespace("notes").put(MemoryEntry.text("key", "a"));
      memory.namespace("notes").remove("key");
    }
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      assertThat(notes.put(MemoryEntry.text("key", "b"))).isGreaterThan(first);
      assertThatThrownBy(() -> notes.compareAndPut(first, MemoryEntry.text("key", "c")))
          .isInstanceOf(MemoryConflictException.class);
    }
  }
}
