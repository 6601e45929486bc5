package io.github.wasmspring.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A filter that can't be evaluated is told to who made it, and costs the index nothing. */
class HostileFiltersTest {

  private static final float[] QUERY = {1, 0};

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final VectorIndexes indexes = VectorIndexes.of(this.runtime.manager());
  private VectorIndex index;

  @BeforeEach
  void fill() {
    this.index =
        this.indexes.create(
            "filtered",
            VectorIndexSettings.dimensions(2).executionMode(WasmExecutionMode.WASM).build());
    this.index.add(new VectorDocument("a", QUERY, Map.of("price", 4)));
  }

  @AfterEach
  void close() {
    assertThat(this.index.stats().lostCopies()).isZero();
    this.indexes.close();
    this.runtime.close();
  }

  private List<VectorMatch> search(VectorFilter filter) {
    return this.index.search(VectorSearch.of(QUERY).filter(filter).build());
  }

  /** The values of a filter may be of any class, with whatever is wrong with it. */
  @Test
  void aFilterThatThrowsLosesNoCopy() {
    VectorFilter throwing = new VectorFilter.And(List.of(VectorFilter.in("price", List.of(1))));
    Map<String, Object> hostile =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Object>> entrySet() {
            throw new UnsupportedOperationException("no entries");
          }
        };
    assertThatThrownBy(() -> throwing.test(hostile))
        .isInstanceOf(UnsupportedOperationException.class);
    VectorEntry entry =
        new VectorEntry(new VectorDocument("hostile", QUERY, null, hostile), 1, 1, 0);
    ((DefaultVectorIndex) this.index).enter(entry);
    for (int each = 0; each < 3; each++) {
      assertThatThrownBy(() -> search(throwing)).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(this.index.stats().copies()).isEqualTo(1);
    assertThat(this.index.search(VectorSearch.nearest(QUERY))).hasSize(1);
  }

  @Test
  void manyInOneAnother() {
    VectorFilter and = VectorFilter.exists("price");
    VectorFilter or = VectorFilter.exists("none");
    for (int each = 0; each < 5000; each++) {
      and = VectorFilter.and(and, VectorFilter.gt("price", -each));
      or = VectorFilter.or(VectorFilter.eq("price", each - 4990), or);
    }
    assertThat(search(and)).hasSize(1);
    assertThat(search(or)).hasSize(1);
    assertThat(search(VectorFilter.and(and, VectorFilter.not(or)))).isEmpty();
  }

  @Test
  void tooDeepAFilterIsRefusedWhenItIsMade() {
    VectorFilter deep = VectorFilter.exists("price");
    for (int each = 0; each < 99; each++) {
      deep = VectorFilter.and(VectorFilter.not(deep), VectorFilter.exists("price"));
    }
    assertThat(search(deep)).hasSize(0);
    VectorFilter most = VectorFilter.not(deep);
    assertThat(search(most)).hasSize(1);
    assertThatThrownBy(() -> VectorFilter.or(VectorFilter.exists("price"), most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("200 deep");
    assertThatThrownBy(() -> VectorFilter.not(most)).hasMessageContaining("200 deep");
  }

  @Test
  void numbersOfOtherTypesAreRefusedWhenItIsMade() {
    AtomicLong number = new AtomicLong(4);
    assertThatThrownBy(() -> VectorFilter.eq("price", number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AtomicLong")
        .hasMessageContaining("BigDecimal");
    assertThatThrownBy(() -> VectorFilter.in("price", List.of(1, number)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AtomicLong");
  }
}
