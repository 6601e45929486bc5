package io.github.wasmspring.internal.code;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmNewInstance;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the module {@code quickjs} is called: one operation that runs a program from its arguments to
 * its answer, and one that an instance is prepared by. All of a run is one call, with one deadline.
 */
public final class QuickJsConvention implements WasmCallConvention {

  public static final String NAME = "quickjs";

  /** Takes a {@link QuickJsProgram}, answers with a {@link QuickJsAnswer}. */
  public static final String RUN = "run";

  /** Takes a {@link QuickJsLibrary}. */
  private static final String PREPARE = "prepare";

  private static final int ON = 1;

  private final JsonMapper mapper = JsonMapper.builder().build();

  /** What the module imports. */
  public static WasmImportDefinition[] imports() {
    return QuickJsImports.all();
  }

  /**
   * Prepares an instance.
   *
   * @throws WasmLoadException if a library can't be evaluated
   */
  public static void prepare(WasmNewInstance instance, QuickJsLibrary library) {
    instance.execute(PREPARE, void.class, library);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Only where a descriptor says so: it takes host functions that not every one has. */
  @Override
  public boolean isSpokenBy(WasmCode code) {
    return false;
  }

  @Override
  public @Nullable WasmExportedFunction export(WasmCode code, String name) {
    return name.equals(RUN) ? code.exports().get("qjs_eval") : code.exports().get(name);
  }

  @Override
  public WasmInvocation bind(WasmCode code, WasmOperation operation, Limits limits) {
    Map<String, WasmExportedFunction> exports = code.exports();
    return switch (operation.name()) {
      case RUN -> (instance, arguments) -> run(guest(instance, exports), instance, arguments);
      case PREPARE -> (instance, arguments) -> prepare(guest(instance, exports), arguments);
      default ->
          throw new WasmSignatureException(
              "%s is no operation of a module of the convention %s, which has '%s'"
                  .formatted(operation.name(), NAME, RUN),
              operation.describe(),
              operation.export(),
              null,
              null,
              List.of(RUN));
    };
  }

  private static QuickJsInstance guest(
      WasmBorrowedInstance instance, Map<String, WasmExportedFunction> exports) {
    return new QuickJsInstance(
        (export, arguments) ->
            instance.call(Objects.requireNonNull(exports.get(export)).index(), arguments),
        instance::memory);
  }

  private QuickJsAnswer run(
      QuickJsInstance guest, WasmBorrowedInstance instance, @Nullable Object[] arguments) {
    QuickJsProgram program = (QuickJsProgram) Objects.requireNonNull(arguments[0]);
    QuickJsState state = instance.attribute(QuickJsState.class, QuickJsState::new);
    state.begin(program);
    return new QuickJsRun(guest, state, program, this.mapper).run();
  }

  private static @Nullable Object prepare(QuickJsInstance guest, @Nullable Object[] arguments) {
    QuickJsLibrary library = (QuickJsLibrary) Objects.requireNonNull(arguments[0]);
    if (guest.call("qjs_init") != 0) {
      throw refused("QuickJS does not start", "there may be too little memory (limits.memory)");
    }
    guest.call("qjs_set_max_stack_size", library.stack());
    guest.call("qjs_set_interrupt_handler", ON);
    guest.call("qjs_set_module_loader", ON);
    QuickJsDriver.install(guest);
    library.scripts().forEach((file, source) -> load(guest, file, source));
    guest.call("qjs_run_gc");
    return null;
  }

  private static void load(QuickJsInstance guest, String file, String source) {
    byte[] bytes = GuestText.encode(source);
    int result = guest.call("qjs_eval", guest.write(bytes), bytes.length, guest.write(file), 0);
    boolean failed = guest.isException(result);
    while (!failed && guest.call("qjs_is_job_pending") != 0) {
      failed = guest.call("qjs_execute_pending_job") < 0;
    }
    if (failed) {
      int error = guest.call("qjs_get_exception");
      throw refused(
          "the library %s can't be loaded into QuickJS".formatted(file),
          guest.text(error, Short.MAX_VALUE)
              + " "
              + guest.text(guest.property(error, "stack"), Short.MAX_VALUE).strip());
    }
  }

  private static WasmLoadException refused(String what, String why) {
    return new WasmLoadException(WasmErrorCategory.INSTANTIATION, what + ": " + why, null);
  }
}
