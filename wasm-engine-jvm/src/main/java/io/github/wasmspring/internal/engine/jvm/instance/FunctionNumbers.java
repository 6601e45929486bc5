package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.internal.engine.HostStackRoom;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import io.github.wasmspring.internal.engine.jvm.run.Trap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * By which numbers an instance refers to functions: to those of its module by their index, and to
 * those of other instances by the numbers above, in the order in which it gets to know them. So
 * code that knows only its own functions takes all others for unknown ones, which it calls by
 * {@link #call}. Instances that are linked are used by one thread at a time.
 */
final class FunctionNumbers {

  /** Neither null nor a function. */
  static final int NO_FUNCTION = Integer.MIN_VALUE;

  private final JvmInstance instance;
  private final int first;
  private final List<@Nullable LinkedFunction> foreign = new ArrayList<>();
  private final Map<FunctionAddress, Integer> known = new HashMap<>();

  /** Those that refer to functions of this instance, and may be gone. */
  private final Set<FunctionNumbers> holders = Collections.newSetFromMap(new WeakHashMap<>());

  FunctionNumbers(JvmInstance instance) {
    this.instance = instance;
    this.first = instance.module().facts.functionCount();
  }

  /** The number of a function. */
  int of(FunctionAddress address) {
    if (address.instance() == this.instance) {
      return address.function();
    }
    Integer before = this.known.get(address);
    if (before != null) {
      return before;
    }
    if (address.instance().isClosed()) {
      return NO_FUNCTION;
    }
    HostStackRoom.require();
    int number = this.first + this.foreign.size();
    this.foreign.add(new LinkedFunction(address));
    this.known.put(address, number);
    address.instance().numbers().holders.add(this);
    return number;
  }

  /**
   * @return {@code null} if the number is that of no function, or of one whose instance was closed
   */
  @Nullable FunctionAddress address(int number) {
    if (number >= 0 && number < this.first) {
      return this.instance.addressOf(number);
    }
    LinkedFunction function = foreign(number);
    return function == null ? null : function.address();
  }

  /** {@code null} for all but functions of other instances that are open. */
  @Nullable LinkedFunction foreign(int number) {
    int index = number - this.first;
    return number >= this.first && index < this.foreign.size() ? this.foreign.get(index) : null;
  }

  /**
   * Calls a function of another instance that has to be of a type.
   *
   * @param type the first of those that are the same, in the module of this instance
   */
  long[] call(int number, int type, long... arguments) {
    LinkedFunction function = foreign(number);
    if (function == null && (number == NO_FUNCTION || number >= this.first)) {
      throw new Trap(LinkedFunction.CLOSED);
    }
    if (function == null || !function.isOf(type, this.instance)) {
      throw TableInstructions.otherType();
    }
    return function.call(this.instance, arguments);
  }

  /** The instance was closed: nobody keeps it for the sake of its functions. */
  void close() {
    for (FunctionNumbers holder : this.holders) {
      holder.forget(this.instance);
    }
    this.holders.clear();
    for (LinkedFunction function : this.foreign) {
      if (function != null) {
        function.address().instance().numbers().holders.remove(this);
      }
    }
    this.foreign.clear();
    this.known.clear();
  }

  private void forget(JvmInstance closed) {
    this.known.keySet().removeIf(address -> address.instance() == closed);
    this.foreign.replaceAll(
        function -> function != null && function.address().instance() == closed ? null : function);
  }
}
