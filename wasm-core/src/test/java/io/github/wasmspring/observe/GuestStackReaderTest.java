package io.github.wasmspring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.sandbox.GuestDebug;
import io.github.wasmspring.internal.sandbox.GuestFrame;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuestStackReaderTest {

  /** Function 0 is imported, 10 and 11 are pieces of 1, 12 has a name of a piece. */
  private static final Map<Integer, String> NAMES =
      Map.of(1, "loop", 2, "a b;c\n", 3, " ", 12, "switch$piece2", 13, "switch");

  private final GuestStackReader reader = new GuestStackReader();

  private List<String> read(String... methods) {
    return this.reader.read(
        new GuestProgram("module", code(), NAMES),
        Stream.of(methods)
            .map(method -> new StackTraceElement("Guest", method, null, -1))
            .toArray(StackTraceElement[]::new));
  }

  private static WasmCode code() {
    return (WasmCode)
        Proxy.newProxyInstance(
            WasmCode.class.getClassLoader(),
            new Class<?>[] {WasmCode.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "functionAt" -> function(((StackTraceElement) arguments[0]));
                  case "isPieceAt" ->
                      List.of("10", "11")
                          .contains(((StackTraceElement) arguments[0]).getMethodName());
                  case "imports" -> List.of(new WasmImportedItem("env", "log", "function", null));
                  case "hashCode" -> 1;
                  case "framesOf" -> InvocationHandler.invokeDefault(proxy, method, arguments);
                  case "offsetAt" -> -1;
                  case "exportOf" -> arguments[0].equals(5) ? "five" : null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static int function(StackTraceElement frame) {
    return switch (frame.getMethodName()) {
      case "java" -> WasmCode.NO_FUNCTION;
      case "interpreter" -> WasmCode.UNKNOWN_FUNCTION;
      case "10", "11" -> 1;
      default -> Integer.parseInt(frame.getMethodName());
    };
  }

  @Test
  void framesOfTheHostAreLeftOut() {
    assertThat(read("java", "1", "java", "3", "java")).containsExactly("module", "func[3]", "loop");
  }

  @Test
  void piecesAreTheirFunction() {
    assertThat(read("11", "10", "1", "4")).containsExactly("module", "func[4]", "loop");
    assertThat(read("12", "13")).containsExactly("module", "switch");
  }

  @Test
  void aFunctionThatCallsItselfStaysThere() {
    assertThat(read("1", "1", "10", "1")).containsExactly("module", "loop", "loop", "loop");
  }

  @Test
  void framesOfTheInterpreterAreOne() {
    assertThat(read("interpreter", "interpreter")).containsExactly("module", "[interpreted]");
  }

  @Test
  void importsHaveTheirNames() {
    assertThat(read("java", "0", "4")).containsExactly("module", "func[4]", "env.log");
  }

  @Test
  void namesOfGuestsCannotBreakALine() {
    assertThat(read("2")).containsExactly("module", "a_b:c_");
  }

  @Test
  void whatIsDoneAroundFunctionsIsTheHosts() {
    assertThat(read("java")).containsExactly("module", "[host]");
  }

  @Test
  void functionsOfLinkedModulesHaveTheirModuleBeforeThem() {
    GuestProgram library = new GuestProgram("library", ofClass("Library"), NAMES);
    GuestProgram importer =
        new GuestProgram(
            "importer", ofClass("Guest"), () -> NAMES, GuestDebug.ofNames(NAMES), List.of(library));

    StackTraceElement[] trace = {
      new StackTraceElement("Library", "1", null, -1),
      new StackTraceElement("Library", "5", null, -1),
      new StackTraceElement("Java", "java", null, -1),
      new StackTraceElement("Guest", "4", null, -1)
    };

    assertThat(this.reader.read(importer, trace))
        .containsExactly("importer", "func[4]", "library.five", "library.loop");
  }

  /** Of functions that have become methods of a class. */
  private static WasmCode ofClass(String name) {
    WasmCode code = code();
    return (WasmCode)
        Proxy.newProxyInstance(
            WasmCode.class.getClassLoader(),
            new Class<?>[] {WasmCode.class},
            (proxy, method, arguments) ->
                method.getName().equals("functionAt")
                        && !((StackTraceElement) arguments[0]).getClassName().equals(name)
                    ? WasmCode.NO_FUNCTION
                    : method.invoke(code, arguments));
  }

  @Test
  void failuresHaveTheSameFunctionsInnermostFirst() {
    RuntimeException cause = new RuntimeException();
    cause.setStackTrace(
        Stream.of("java", "11", "10", "1", "5", "1", "1", "interpreter", "interpreter", "0")
            .map(method -> new StackTraceElement("Guest", method, null, -1))
            .toArray(StackTraceElement[]::new));
    RuntimeException failure = new RuntimeException(cause);
    failure.setStackTrace(new StackTraceElement[0]);

    assertThat(new GuestProgram("module", code(), NAMES).locate(failure).functions())
        .extracting(GuestFrame::describe)
        .containsExactly("loop", "five", "loop", "loop", "[interpreted]", "env.log");
  }

  @Test
  void veryDeepStacksLoseTheirOutermostFunctions() {
    String[] methods = new String[1000];
    java.util.Arrays.fill(methods, "4");
    methods[0] = "3";

    List<String> stack = read(methods);

    assertThat(stack).hasSize(258).startsWith("module", "[deeper]", "func[4]").endsWith("func[3]");
  }
}
