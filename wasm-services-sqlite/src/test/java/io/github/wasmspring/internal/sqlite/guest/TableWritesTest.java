package io.github.wasmspring.internal.sqlite.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableWritesTest {

  private static final int ITEMS = 1;
  private static final int SALES = 2;
  private static final int QUERY = 3;
  private final TableWrites writes = new TableWrites(0);

  @BeforeEach
  void prepare() {
    this.writes.prepare();
    this.writes.told("Item");
    this.writes.prepared(ITEMS);
    this.writes.prepare();
    this.writes.told("sale");
    this.writes.prepared(SALES);
  }

  private void commit() {
    this.writes.began();
    this.writes.ended();
  }

  @Test
  void eachRowOfABatchThatCommitsByItselfHasTheTables() {
    this.writes.running(ITEMS);
    for (int row = 0; row < 3; row++) {
      commit();
      assertThat(this.writes.pending()).containsExactly("item");
    }
  }

  @Test
  void whatIsRolledBackFirstIsNotWhatTheStatementWrites() {
    this.writes.running(ITEMS);
    commit();
    this.writes.began();
    this.writes.running(SALES);
    assertThat(this.writes.pending()).containsExactlyInAnyOrder("item", "sale");
  }

  @Test
  void theNextTransactionHasItsOwnTables() {
    this.writes.running(ITEMS);
    commit();
    this.writes.running(QUERY);
    assertThat(this.writes.pending()).isEmpty();
    this.writes.running(SALES);
    this.writes.began();
    assertThat(this.writes.pending()).containsExactly("sale");
  }
}
