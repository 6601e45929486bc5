package io.github.wasmspring.internal.adaptive;

import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who answers calls of one operation, by the size of their input. */
public final class AdaptiveChoice {

  private final AtomicReferenceArray<@Nullable SizeClassChoice> choices =
      new AtomicReferenceArray<>(InputSize.CLASSES);

  AdaptiveChoice() {}

  public SizeClassChoice of(@Nullable Object[] arguments) {
    int sizeClass = InputSize.classOf(arguments);
    SizeClassChoice known = this.choices.get(sizeClass);
    return known != null ? known : create(sizeClass);
  }

  private SizeClassChoice create(int sizeClass) {
    this.choices.compareAndSet(sizeClass, null, new SizeClassChoice(sizeClass));
    SizeClassChoice known = this.choices.get(sizeClass);
    return known != null ? known : create(sizeClass);
  }

  /** What is known by now, smallest input first; size classes without a call are left out. */
  public List<WasmAdaptiveRow> rows() {
    return IntStream.range(0, InputSize.CLASSES)
        .mapToObj(this.choices::get)
        .filter(Objects::nonNull)
        .map(SizeClassChoice::row)
        .toList();
  }

  void forget() {
    for (int i = 0; i < InputSize.CLASSES; i++) {
      this.choices.set(i, null);
    }
  }
}
