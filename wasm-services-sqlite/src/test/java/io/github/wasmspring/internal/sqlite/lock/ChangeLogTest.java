package io.github.wasmspring.internal.sqlite.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

  private static final Set<String> A = Set.of("a");
  private static final Set<String> B = Set.of("b");

  private final ChangeLog log = new ChangeLog(10);

  private static DatabaseVersion version(long counter) {
    return new DatabaseVersion(1, counter, 5, 0, 3);
  }

  private boolean unchanged(long then, long now, Set<String> tables) {
    return this.log.isUnchanged(version(then), version(now), tables);
  }

  @Test
  void onlyWhoWroteOutdates() {
    this.log.ended(10, 11, A);
    this.log.ended(11, 12, Set.of());
    assertThat(unchanged(10, 12, B)).isTrue();
    assertThat(unchanged(10, 12, A)).isFalse();
    assertThat(unchanged(11, 12, A)).isTrue();
    assertThat(unchanged(10, 12, Set.of("a", "b"))).isFalse();
  }

  @Test
  void aGapOutdatesAllBeforeIt() {
    this.log.ended(10, 11, A);
    assertThat(unchanged(10, 12, B)).isFalse();
    this.log.ended(12, 13, A);
    assertThat(unchanged(10, 13, B)).isFalse();
    assertThat(unchanged(11, 13, B)).isFalse();
    assertThat(unchanged(12, 13, B)).isTrue();
    assertThat(unchanged(12, 13, A)).isFalse();
  }

  @Test
  void whatIsRolledBackChangesNothing() {
    this.log.ended(10, 10, A);
    assertThat(unchanged(10, 10, A)).isTrue();
    this.log.ended(10, 11, B);
    assertThat(unchanged(10, 11, A)).isTrue();
  }

  @Test
  void whatNobodyKnowsOutdatesAll() {
    this.log.ended(10, 11, null);
    assertThat(unchanged(10, 11, A)).isFalse();
    this.log.ended(11, 9, A);
    assertThat(unchanged(9, 11, B)).isFalse();
    this.log.forget(-1);
    this.log.ended(11, 12, A);
    assertThat(unchanged(11, 12, B)).isTrue();
  }

  @Test
  void versionsOfOthersAndOtherSchemasSayNothing() {
    DatabaseVersion other = new DatabaseVersion(2, 10, 5, 0, 3);
    DatabaseVersion schema = new DatabaseVersion(1, 11, 5, 0, 4);
    this.log.ended(10, 11, A);
    assertThat(this.log.isUnchanged(other, version(11), B)).isFalse();
    assertThat(this.log.isUnchanged(version(10), schema, B)).isFalse();
    assertThat(unchanged(11, 10, B)).isFalse();
  }
}
