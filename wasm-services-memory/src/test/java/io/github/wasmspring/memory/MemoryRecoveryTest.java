package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.memory.FaultyDataSource.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of writers and of the index when connections break down. */
@Timeout(60)
class MemoryRecoveryTest {

  private static final float[] EAST = {1, 0};
  private static final float[] NORTH = {0, 1};

  @TempDir Path folder;
  private MemoryHome home;
  private FaultyDataSource faulty;
  private AgentMemory memory;
  private MemoryNamespace notes;

  @BeforeEach
  void move() {
    this.home = new MemoryHome(this.folder);
    this.faulty = new FaultyDataSource(this.home.file);
    this.memory = this.home.builder().dataSource(this.faulty.source()).open();
    this.notes = this.memory.namespace("notes");
    this.notes.put(MemoryEntry.text("east", "x").withVector(EAST));
  }

  @AfterEach
  void leave() {
    this.memory.close();
    this.home.close();
  }

  private List<String> nearest(float[] vector) {
    return this.notes.similar(vector, 1, 0.9f).stream().map(each -> each.memory().key()).toList();
  }

  @Test
  void aCommitThatIsRefusedIsToldAndTheNextGoesOn() {
    this.faulty.nextCommit = Fault.REFUSES;
    assertThatThrownBy(() -> this.notes.put(MemoryEntry.text("key", "lost")))
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("This is what the test wants");
    assertThat(this.notes.get("key")).isEmpty();
    long version = this.notes.put(MemoryEntry.text("key", "kept"));
    assertThat(this.notes.get("key").orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void aConnectionThatBreaksBeforeItCommitsHasWrittenNothing() {
    this.faulty.nextCommit = Fault.BREAKS_BEFORE;
    assertThatThrownBy(() -> this.notes.put(MemoryEntry.text("key", "lost")))
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("This is what the test wants");
    assertThat(this.notes.get("key")).isEmpty();
    this.notes.put(MemoryEntry.text("key", "kept"));
    assertThat(this.notes.get("key").orElseThrow().text()).isEqualTo("kept");
  }

  @Test
  void oneThatBreaksAfterwardsHasWrittenEverything() {
    this.faulty.nextCommit = Fault.BREAKS_AFTER;
    long version = this.notes.compareAndPut(0, MemoryEntry.text("key", "kept"));
    assertThat(this.notes.get("key").orElseThrow().version()).isEqualTo(version);
    this.faulty.nextCommit = Fault.BREAKS_AFTER;
    assertThat(this.notes.remove("key")).isTrue();
    assertThat(this.notes.get("key")).isEmpty();
  }

  @Test
  void whereNobodyAnswersThatIsTold() {
    assertThat(nearest(EAST)).containsExactly("east");
    this.faulty.nextCommit = Fault.LEAVES_ALONE;
    assertThatThrownBy(() -> this.notes.put(MemoryEntry.text("key", "lost")))
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("may be kept or not");
    assertThatThrownBy(() -> this.notes.put(MemoryEntry.text("key", "lost too")))
        .isInstanceOf(AgentMemoryException.class)
        .hasMessageContaining("There are no connections");
    this.faulty.refusesConnections = false;
    this.notes.put(MemoryEntry.text("key", "kept"));
    assertThat(this.notes.get("key").orElseThrow().text()).isEqualTo("kept");
    assertThat(nearest(EAST)).containsExactly("east");
  }

  @Test
  void theIndexHasWhatTheDatabaseHas() {
    assertThat(nearest(EAST)).containsExactly("east");
    for (Fault fault : List.of(Fault.REFUSES, Fault.BREAKS_BEFORE)) {
      this.faulty.nextCommit = fault;
      assertThatThrownBy(() -> this.notes.put(MemoryEntry.text("north", "x").withVector(NORTH)))
          .isInstanceOf(AgentMemoryException.class);
      assertThat(nearest(NORTH)).isEmpty();
    }
    this.faulty.nextCommit = Fault.BREAKS_AFTER;
    this.notes.put(MemoryEntry.text("north", "x").withVector(NORTH));
    assertThat(nearest(NORTH)).containsExactly("north");
    this.faulty.nextCommit = Fault.BREAKS_AFTER;
    this.notes.remove("north");
    assertThat(nearest(NORTH)).isEmpty();
  }

  /** What the index has of a transaction that came to nothing would have numbers of others. */
  @Test
  void anIndexOfATransactionThatCameToNothingIsNotUsed() {
    this.faulty.nextCommit = Fault.REFUSES;
    assertThatThrownBy(() -> this.notes.similar(EAST, 1, 0.9f))
        .isInstanceOf(AgentMemoryException.class);
    assertThat(this.notes.stats().vectors()).isZero();
    this.notes.put(MemoryEntry.text("north", "x").withVector(NORTH));
    assertThat(nearest(NORTH)).containsExactly("north");
    assertThat(nearest(EAST)).containsExactly("east");
  }
}
