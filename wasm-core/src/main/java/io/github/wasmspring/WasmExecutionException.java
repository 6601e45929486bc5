package io.github.wasmspring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call was started and did not come to an answer: trap, time-out, limit, rejection or a failing
 * host function; {@link #category()} says which. The stack trace begins with functions of the guest
 * if it failed there: class {@code wasm.<module>}, and for the file either one of its source and
 * the line, or {@code <module>.wasm:0x…} with the offset in the module.
 */
public final class WasmExecutionException extends WasmException {

  private final transient List<String> guestStack;

  public WasmExecutionException(
      WasmErrorCategory category, String detail, @Nullable Throwable cause) {
    this(category, detail, List.of(), cause);
  }

  /**
   * @param guestStack the functions of the guest that had not returned yet, the innermost first
   */
  public WasmExecutionException(
      WasmErrorCategory category,
      String detail,
      List<String> guestStack,
      @Nullable Throwable cause) {
    super(category, detail, cause);
    this.guestStack = List.copyOf(guestStack);
  }

  /**
   * The functions of the guest that had not returned yet, the innermost first and no more than 64:
   * by the names that the module gives them for debugging, else by those that they are exported by,
   * else as {@code func[index]}. Empty if that is not known.
   */
  public List<String> guestStack() {
    return this.guestStack != null ? this.guestStack : List.of();
  }
}
