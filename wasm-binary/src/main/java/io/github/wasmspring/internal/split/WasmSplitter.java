package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits the functions of a module that HotSpot would never compile, as an interpreter's main loop
 * usually is: parts become functions of their own, behind all others, so that no index changes.
 * What is not known (vectors, garbage collection, exception handlers) or damaged is left as it is.
 */
public final class WasmSplitter {

  private static final Logger logger = LoggerFactory.getLogger(WasmSplitter.class);

  private static final String PIECE = "$piece";

  private final CostModel costs;
  private final SplitLimits limits;
  private final ModuleBytes module;
  private final ModuleContext context;
  private final Map<Integer, FunctionSplitter.Result> results = new TreeMap<>();
  private final Map<Integer, Integer> sizes = new TreeMap<>();

  private WasmSplitter(ModuleBytes module, CostModel costs, SplitLimits limits) {
    this.costs = costs;
    this.limits = limits;
    this.module = module;
    this.context = module.context();
  }

  /**
   * Splits what is above {@link SplitLimits#DEFAULTS}. Never fails: what can't be split comes back
   * as it is, for the engine to judge.
   *
   * @param facts of {@code module}
   * @param costs of the engine that will run it
   */
  public static SplitModule split(byte[] module, ModuleFacts facts, CostModel costs) {
    return split(module, facts, costs, SplitLimits.DEFAULTS);
  }

  /**
   * The functions that are too big, without splitting them.
   *
   * @param facts of {@code module}
   * @param costs of the engine that will run it
   */
  public static List<BigFunction> find(byte[] module, ModuleFacts facts, CostModel costs) {
    return attempt(module, facts, costs, SplitLimits.DEFAULTS, false).functions();
  }

  /**
   * Never fails: what can't be split comes back as it is, for the engine to judge.
   *
   * @param facts of {@code module}
   * @param costs of the engine that will run it
   */
  public static SplitModule split(
      byte[] module, ModuleFacts facts, CostModel costs, SplitLimits limits) {
    return attempt(module, facts, costs, limits, true);
  }

  private static SplitModule attempt(
      byte[] module, ModuleFacts facts, CostModel costs, SplitLimits limits, boolean splitting) {
    try {
      WasmSplitter splitter = new WasmSplitter(new ModuleBytes(module, facts), costs, limits);
      splitter.visitFunctions(splitting);
      return splitter.result();
    } catch (Unsplittable | WasmBinaryException left) {
      logger.debug("The functions of a module are not split: {}", left.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      logger.warn(
          "The functions of a module could not be split; it runs as it is, maybe slowly", failure);
    }
    return new SplitModule(module, List.of());
  }

  /**
   * The name of the function that a piece was made of, or the given name if it is none of a piece.
   */
  public static String functionOf(String name) {
    int piece = name.lastIndexOf(PIECE);
    boolean numbered =
        piece > 0
            && piece + PIECE.length() < name.length()
            && name.substring(piece + PIECE.length()).chars().allMatch(Character::isDigit);
    return numbered ? name.substring(0, piece) : name;
  }

  private void visitFunctions(boolean splitting) {
    for (int i = 0; i < this.module.bodyCount(); i++) {
      int length = this.module.body(i).length();
      if ((long) length * this.costs.mostPerByte() > this.limits.threshold()) {
        visitFunction(i, length, splitting);
      }
    }
  }

  private void visitFunction(int body, int length, boolean splitting) {
    try {
      FunctionCode function = this.module.decode(body, this.context);
      FunctionShape shape = FunctionShape.of(function, this.context);
      int size = this.costs.total(shape);
      if (size > this.limits.threshold()) {
        this.sizes.put(body, size);
        if (splitting) {
          this.results.put(
              body, FunctionSplitter.split(shape, this.context, this.costs, this.limits));
        }
      }
    } catch (Unsplittable unknown) {
      logger.debug(
          "Function {} is not split: {}", this.module.imported() + body, unknown.getMessage());
      int size = (int) (length * this.costs.usualPerByte());
      if (size > this.limits.threshold()) {
        this.sizes.put(body, size);
      }
    }
  }

  private SplitModule result() {
    Set<Integer> indices = new HashSet<>();
    this.sizes.keySet().forEach(body -> indices.add(this.module.imported() + body));
    Map<Integer, String> names =
        indices.isEmpty() ? Map.of() : FunctionNames.read(this.module, indices);
    List<BigFunction> functions = new ArrayList<>();
    Map<Integer, FunctionCode> changed = new HashMap<>();
    List<Piece> pieces = new ArrayList<>();
    TreeMap<Integer, String> pieceNames = new TreeMap<>();
    this.sizes.forEach(
        (body, size) -> {
          int index = this.module.imported() + body;
          String name = names.get(index);
          FunctionSplitter.Result result = this.results.get(body);
          if (result == null || result.pieces().isEmpty()) {
            functions.add(new BigFunction(index, name, size, size, 0));
            return;
          }
          int count = result.pieces().size();
          functions.add(new BigFunction(index, name, size, result.size(), count));
          changed.put(body, result.function());
          pieces.addAll(result.pieces());
          if (name != null) {
            for (int i = 0; i < count; i++) {
              pieceNames.put(result.pieces().get(i).index(), name + PIECE + (i + 1));
            }
          }
        });
    byte[] bytes =
        pieces.isEmpty()
            ? this.module.bytes()
            : new ModuleAssembler(this.module, this.context).assemble(changed, pieces, pieceNames);
    return new SplitModule(bytes, List.copyOf(functions));
  }
}
