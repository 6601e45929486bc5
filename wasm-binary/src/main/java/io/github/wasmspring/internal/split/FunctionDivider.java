package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits functions one by one, for engines that compile them when they are called. Used by any
 * number of threads at a time.
 */
public final class FunctionDivider {

  private static final Logger logger = LoggerFactory.getLogger(FunctionDivider.class);

  private final ModuleBytes module;
  private final CostModel costs;

  /** Threads that race make the same. */
  private volatile @Nullable ModuleContext context;

  /**
   * @param facts of {@code module}
   * @param costs of the engine that will run it
   */
  public FunctionDivider(byte[] module, ModuleFacts facts, CostModel costs) {
    this.module = new ModuleBytes(module, facts);
    this.costs = costs;
  }

  /**
   * Splits a function. Never fails.
   *
   * @param function one that the module defines
   * @return {@code null} if it is not too big, or can't be split
   */
  public @Nullable FunctionParts divide(int function, SplitLimits limits) {
    try {
      ModuleContext used = context().withoutAdded();
      FunctionCode code = this.module.decode(function - this.module.imported(), used);
      FunctionShape shape = FunctionShape.of(code, used);
      int size = this.costs.total(shape);
      return size > limits.threshold() ? divide(shape, used, size, limits) : null;
    } catch (Unsplittable unknown) {
      logger.debug("Function {} is not split: {}", function, unknown.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      logger.warn("A function could not be split; the module runs as it is, maybe slowly", failure);
    }
    return null;
  }

  private ModuleContext context() {
    ModuleContext known = this.context;
    if (known == null) {
      known = this.module.context();
      this.context = known;
    }
    return known;
  }

  private @Nullable FunctionParts divide(
      FunctionShape shape, ModuleContext used, int size, SplitLimits limits) {
    FunctionSplitter.Result result = FunctionSplitter.split(shape, used, this.costs, limits);
    if (result.pieces().isEmpty()) {
      return null;
    }
    List<FunctionCode> parts = new ArrayList<>();
    parts.add(result.function());
    result.pieces().forEach(piece -> parts.add(piece.function()));
    ByteWriter out = new ByteWriter();
    OriginalOffsets.Log log = new OriginalOffsets.Log();
    List<FunctionBody> bodies = new ArrayList<>();
    for (FunctionCode part : parts) {
      int start = out.length();
      part.write(out, used, log);
      bodies.add(new FunctionBody(start, out.length()));
    }
    return new FunctionParts(
        out.toBytes(),
        log.toOffsets(),
        List.copyOf(bodies),
        result.pieces().stream().map(piece -> used.typeIndexOfFunction(piece.index())).toList(),
        used.addedTypes().stream().map(FunctionDivider::type).toList(),
        size);
  }

  private static FunctionType type(Signature signature) {
    return new FunctionType(types(signature.parameters()), types(signature.results()));
  }

  private static List<ValueType> types(List<LocalType> types) {
    return types.stream().map(LocalType::type).toList();
  }
}
