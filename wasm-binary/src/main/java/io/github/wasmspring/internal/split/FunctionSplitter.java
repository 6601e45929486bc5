package io.github.wasmspring.internal.split;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes regions out of one function, round by round, until what remains is small enough. The first
 * rounds take what has few exits; if that is not enough, the dispatch of a switch itself is cut.
 */
final class FunctionSplitter {

  private static final Logger logger = LoggerFactory.getLogger(FunctionSplitter.class);

  private static final int[] MOST_EXITS = {8, 32, 128, 1024};

  /** A round that saves less is not worth its calls. */
  private static final double SMALLEST_GAIN = 0.04;

  private final ModuleContext module;
  private final CostModel costs;
  private final SplitLimits limits;
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<LocalType, List<Integer>> carriers = new EnumMap<>(LocalType.class);
  private FunctionCode function;
  private FunctionShape shape;
  private int[] sums;

  private FunctionSplitter(
      FunctionShape shape, ModuleContext module, CostModel costs, SplitLimits limits) {
    this.function = shape.function();
    this.module = module;
    this.costs = costs;
    this.limits = limits;
    this.shape = shape;
    this.sums = costs.sums(shape);
  }

  /**
   * What has become of a function.
   *
   * @param function what remains of it
   * @param size of what remains, in bytes of JVM bytecode
   */
  record Result(FunctionCode function, List<Piece> pieces, int size) {}

  /**
   * @param shape of the function
   */
  static Result split(
      FunctionShape shape, ModuleContext module, CostModel costs, SplitLimits limits) {
    FunctionSplitter splitter = new FunctionSplitter(shape, module, costs, limits);
    try {
      splitter.rounds();
    } catch (Unsplittable unknown) {
      // What the rounds before it have done stands on its own.
      logger.debug("A function is not split any further: {}", unknown.getMessage());
    }
    return new Result(splitter.function, splitter.pieces, splitter.size());
  }

  private int size() {
    return this.sums[this.shape.size()];
  }

  private void rounds() {
    for (int mostExits : MOST_EXITS) {
      if (mostExits > this.limits.mostExits()) {
        return;
      }
      int before;
      do {
        before = size();
        if (before <= this.limits.target()) {
          return;
        }
        round(mostExits, before);
      } while (size() <= (1 - SMALLEST_GAIN) * before);
    }
  }

  private void round(int mostExits, int size) {
    RegionSize meter = new RegionSize(this.shape, this.sums, this.costs, this.limits);
    List<Region> regions = RegionFinder.find(this.shape, meter, this.limits, size, mostExits);
    int gain = regions.stream().mapToInt(Region::saving).sum();
    if (gain >= SMALLEST_GAIN * size) {
      takeOut(regions);
      this.shape = FunctionShape.of(this.function, this.module);
      this.sums = this.costs.sums(this.shape);
    }
  }

  private void takeOut(List<Region> regions) {
    List<LocalType> locals = new ArrayList<>(this.function.locals());
    List<Instruction> code = new ArrayList<>();
    int next = 0;
    for (Region region : regions) {
      CarryLocals carried = new CarryLocals(region.exits());
      FunctionCode piece = PieceBuilder.build(this.shape, region, carried);
      if (piece.type().results().size() > SplitLimits.MOST_RESULTS
          || this.costs.total(FunctionShape.of(piece, this.module)) > this.limits.threshold()) {
        continue;
      }
      int index = this.module.addFunction(piece.type());
      this.pieces.add(new Piece(piece, index));
      code.addAll(this.function.instructions().subList(next, region.start()));
      code.addAll(StubBuilder.build(region, index, carried, carriers(carried, locals)));
      next = region.end();
    }
    code.addAll(this.function.instructions().subList(next, this.shape.size()));
    this.function = new FunctionCode(this.function.type(), List.copyOf(locals), code);
  }

  /** Locals to pass carried values through, shared by everything that is taken out. */
  private List<Integer> carriers(CarryLocals carried, List<LocalType> locals) {
    Map<LocalType, Integer> used = new EnumMap<>(LocalType.class);
    List<Integer> chosen = new ArrayList<>();
    for (LocalType type : carried.types()) {
      List<Integer> known = this.carriers.computeIfAbsent(type, key -> new ArrayList<>());
      int position = used.merge(type, 1, Integer::sum) - 1;
      if (position == known.size()) {
        known.add(locals.size());
        locals.add(type);
      }
      chosen.add(known.get(position));
    }
    return chosen;
  }
}
