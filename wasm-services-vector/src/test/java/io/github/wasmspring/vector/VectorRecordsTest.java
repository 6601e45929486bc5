package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VectorRecordsTest {

  private static VectorEntry in(int slot) {
    return new VectorEntry(new VectorDocument("d" + slot, new float[] {1}), slot, 1, 0);
  }

  @Test
  void thereAreNeverMoreSlotsThanAnIndexMayHave() {
    VectorRecords records = new VectorRecords();
    records.begin(List.of(in(2_900_000)));
    records.enter(List.of(in(2_900_001)));
    assertThat(records.end()).isEqualTo(VectorIndexSettings.MOST_VECTORS);
    records.enter(List.of(in(VectorIndexSettings.MOST_VECTORS - 1)));
    assertThat(records.end()).isEqualTo(VectorIndexSettings.MOST_VECTORS);
  }
}
