package io.github.wasmspring.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All of a module that has a number, what is imported first. */
final class IndexSpaces {

  final List<@Nullable FunctionType> types = new ArrayList<>();
  final List<ExternalType.Table> tables = new ArrayList<>();
  final List<ExternalType.Memory> memories = new ArrayList<>();
  final List<ExternalType.Global> globals = new ArrayList<>();
  final List<ExternalType.Tag> tags = new ArrayList<>();
  private int[] functionTypes = {};
  private int functions;

  /** There will be so many functions more, or fewer. */
  void expectFunctions(int count) {
    this.functionTypes = Arrays.copyOf(this.functionTypes, this.functions + count);
  }

  /**
   * @return its index
   */
  int addFunction(int type) {
    this.functionTypes[this.functions] = type;
    return this.functions++;
  }

  ExternalType.Function function(int index) {
    int type = this.functionTypes[index];
    return new ExternalType.Function(type, this.types.get(type));
  }

  /** The type of a function, {@code null} if it is none of functions. */
  @Nullable FunctionType typeOf(int function) {
    return this.types.get(this.functionTypes[function]);
  }

  int functions() {
    return this.functions;
  }

  /** The index of the type of each function. */
  int[] functionTypes() {
    return Arrays.copyOf(this.functionTypes, this.functions);
  }
}
