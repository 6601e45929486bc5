package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that has expired comes back. */
class MemoryExpiryTest {

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

  private static void assertGone(MemoryNamespace notes, String key) {
    assertThat(notes.get(key)).isEmpty();
    assertThat(notes.versions(key)).isEmpty();
    assertThat(notes.keys("")).doesNotContain(key);
    assertThat(notes.recall(MemoryQuery.builder().build()))
        .extracting(StoredMemory::key)
        .doesNotContain(key);
    assertThat(notes.recall(MemoryQuery.builder().allTags("t").build()))
        .extracting(StoredMemory::key)
        .doesNotContain(key);
  }

  @Test
  void anEntryIsThereUntilItsTimeAndNotAMomentLonger() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "x").withTags("t").withTtl(HOUR));
      this.home.clock.advance(HOUR.minusMillis(1));
      assertThat(notes.get("key")).isPresent();
      this.home.clock.advance(Duration.ofMillis(1));
      assertGone(notes, "key");
      assertThat(notes.remove("key")).isFalse();
      assertThat(notes.stats().entries()).isZero();
    }
  }

  @Test
  void theNamespaceSaysWhatEntriesDontSay() {
    try (AgentMemory memory = this.home.open(settings -> settings.ttl(HOUR))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("default", "x"));
      notes.put(MemoryEntry.text("longer", "x").withTtl(HOUR.multipliedBy(2)));
      notes.put(MemoryEntry.text("forever", "x").withTtl(Duration.ZERO));
      this.home.clock.advance(HOUR);
      assertThat(notes.keys("")).containsExactly("forever", "longer");
      this.home.clock.advance(Duration.ofDays(40_000));
      assertThat(notes.keys("")).containsExactly("forever");
    }
  }

  @Test
  void anOlderVersionDoesNotComeBackInPlaceOfOneThatExpired() {
    try (AgentMemory memory = this.home.open(settings -> settings.versions(5))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "forever"));
      notes.put(MemoryEntry.text("key", "short").withTags("t").withTtl(HOUR));
      this.home.clock.advance(HOUR);
      assertGone(notes, "key");
      assertThat(memory.purge()).isEqualTo(1);
      assertGone(notes, "key");
      assertThat(notes.stats()).isEqualTo(new MemoryNamespaceStats(0, 0, 0, 0));
    }
  }

  @Test
  void anOlderVersionExpiresByItself() {
    try (AgentMemory memory = this.home.open(settings -> settings.versions(5))) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "short").withTtl(HOUR));
      notes.put(MemoryEntry.text("key", "forever"));
      assertThat(notes.versions("key")).hasSize(2);
      this.home.clock.advance(HOUR);
      assertThat(notes.versions("key")).extracting(StoredMemory::text).containsExactly("forever");
      assertThat(memory.purge()).isEqualTo(1);
      assertThat(notes.get("key")).isPresent();
      assertThat(notes.stats().versions()).isEqualTo(1);
    }
  }

  @Test
  void aNewEntryTakesThePlaceOfOneThatExpired() {
    try (AgentMemory memory = this.home.open(settings -> settings.versions(5))) {
      MemoryNamespace notes = memory.namespace("notes");
      long first = notes.put(MemoryEntry.text("key", "old").withTtl(HOUR));
      this.home.clock.advance(HOUR);
      long second = notes.compareAndPut(0, MemoryEntry.text("key", "new"));
      assertThat(second).isGreaterThan(first);
      assertThat(notes.versions("key")).extracting(StoredMemory::text).containsExactly("new");
    }
  }

  @Test
  void whatHasExpiredIsDeletedInPieces() throws Exception {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      MemoryHome.fill(notes, 450, i -> MemoryEntry.text("key" + i, "x").withTtl(HOUR));
      notes.put(MemoryEntry.text("stays", "x"));
      this.home.clock.advance(HOUR);
      assertThat(memory.purge()).isEqualTo(450);
      assertThat(memory.purge()).isZero();
      assertThat(memory.stats().purged()).isEqualTo(450);
      assertThat(notes.stats().versions()).isEqualTo(1);
    }
  }

  @Test
  @Timeout(60)
  void whatHasExpiredIsDeletedInTheBackground() {
    try (AgentMemory memory =
        this.home.builder().location(this.home.file).purgeInterval(Duration.ofMillis(20)).open()) {
      memory.namespace("notes").put(MemoryEntry.text("key", "x").withTtl(HOUR));
      this.home.clock.advance(HOUR);
      while (memory.stats().purged() == 0) {
        Thread.onSpinWait();
      }
      assertThat(memory.namespace("notes").stats().versions()).isZero();
    }
  }

  @Test
  void aClockThatIsSetBackBringsNothingBack() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "x").withTags("t").withTtl(HOUR));
      this.home.clock.advance(HOUR);
      assertThat(notes.get("key")).isEmpty();
      this.home.clock.set(AdjustableClock.START);
      assertGone(notes, "key");
      assertThat(memory.stats().clockAhead()).isEqualTo(HOUR);
    }
  }

  @Test
  void norAfterARestart() {
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      notes.put(MemoryEntry.text("key", "x").withTags("t").withTtl(HOUR));
      this.home.clock.advance(HOUR);
      notes.put(MemoryEntry.text("other", "what was written last says what time it was"));
    }
    this.home.clock.set(AdjustableClock.START.minus(Duration.ofDays(1)));
    try (AgentMemory memory = this.home.open()) {
      MemoryNamespace notes = memory.namespace("notes");
      assertGone(notes, "key");
      notes.put(MemoryEntry.text("new", "x").withTtl(HOUR));
      this.home.clock.advance(HOUR.minusMillis(1));
      assertThat(notes.get("new")).isPresent();
      this.home.clock.advance(Duration.ofMillis(1));
      assertThat(notes.get("new")).isEmpty();
      assertThat(notes.get("other").orElseThrow().written())
          .isEqualTo(AdjustableClock.START.plus(HOUR));
    }
  }

  @Test
  void closingRemembersTheTime() {
    try (AgentMemory memory = this.home.open()) {
      memory.namespace("notes").put(MemoryEntry.text("key", "x").withTags("t").withTtl(HOUR));
      this.home.clock.advance(HOUR);
      assertThat(memory.namespace("notes").get("key")).isEmpty();
    }
    this.home.clock.set(Instant.EPOCH);
    try (AgentMemory memory = this.home.open()) {
      assertGone(memory.namespace("notes"), "key");
    }
  }
}
