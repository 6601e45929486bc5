package io.github.wasmspring.internal.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.internal.client.DefaultWasmModuleManager.LiveModule;
import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmRolloutSettings.Probe;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether code can take the place of that which a module has, before anybody calls it. */
final class CodeCheck {

  private final ArgumentMapper arguments;
  private final JsonMapper json;

  CodeCheck(ArgumentMapper arguments, JsonMapper json) {
    this.arguments = arguments;
    this.json = json;
  }

  /**
   * @throws WasmException if an interface that is bound to the module, or an operation that is
   *     declared, does not fit the code, or its probe is not answered as it should be
   */
  void check(LiveModule module, PreparedModule code) {
    PreparedModule before = module.handle().preparedOrNull();
    if (before != null || code.descriptor() != module.handle().descriptor()) {
      module.catalog().bound().forEach(operation -> operation.requireFit(before, code));
    }
    Probe probe = code.descriptor().settings().rollout().probe();
    if (probe != null) {
      check(module, code, probe);
    }
  }

  private void check(LiveModule module, PreparedModule code, Probe probe) {
    Object answer;
    try {
      answer = answer(module, code, probe);
    } catch (WasmException failure) {
      throw failure.advise(
          "it is the probe (rollout.probe), so the module goes on with the code that it had");
    }
    String expected = probe.expected();
    if (expected != null && !says(answer, expected)) {
      throw new WasmLoadException(
          WasmErrorCategory.INVALID,
          "the probe '%s' (rollout.probe) answered %s and not %s; the module goes on with the code that it had"
              .formatted(probe.operation(), shown(answer), shown(expected)),
          null);
    }
  }

  private @Nullable Object answer(LiveModule module, PreparedModule code, Probe probe) {
    OperationHandle operation =
        module.catalog().probed(code, probe.operation(), probe.input(), probe.expected());
    @Nullable Object[] given =
        this.arguments.map(
            operation.operation(), input(operation.operation(), probe.input()), Map.of());
    WasmInvocation invocation = operation.plan(code);
    PooledInstance instance = code.pool().borrow();
    long ticks = CallWatchdog.ticks(code.descriptor().settings().limits().timeout());
    return code.pool().run(instance, ticks, null, held -> invocation.invoke(held, given));
  }

  /** Text and numbers are given as they are, and whatever has a structure as JSON. */
  private @Nullable Object input(WasmOperation operation, @Nullable String input) {
    if (input == null || operation.parameters().isEmpty()) {
      return input;
    }
    Type type = operation.parameters().get(0).type();
    boolean plain = type == String.class || type == byte[].class || ExactNumbers.are(type);
    JsonNode tree = plain ? null : tree(input);
    return tree != null ? tree : input;
  }

  private boolean says(@Nullable Object answer, String expected) {
    if (answer == null) {
      return expected.isEmpty();
    }
    if (answer.toString().equals(expected)) {
      return true;
    }
    if (answer instanceof Number) {
      return isNumber(answer.toString(), expected.strip());
    }
    JsonNode wanted = tree(expected);
    JsonNode is =
        answer instanceof String || answer instanceof byte[]
            ? tree(answer instanceof byte[] utf8 ? new String(utf8, UTF_8) : answer.toString())
            : this.json.valueToTree(answer);
    return wanted != null && wanted.equals(is)
        || answer instanceof byte[] bytes && new String(bytes, UTF_8).equals(expected);
  }

  private static boolean isNumber(String answer, String expected) {
    try {
      return new BigDecimal(answer).compareTo(new BigDecimal(expected)) == 0;
    } catch (NumberFormatException unfit) {
      return answer.equals(expected);
    }
  }

  private @Nullable JsonNode tree(String text) {
    try {
      return this.json.readTree(text);
    } catch (JacksonException noJson) {
      return null;
    }
  }

  private static String shown(@Nullable Object answer) {
    return "'%s'"
        .formatted(
            ShownText.of(
                answer instanceof byte[] utf8 ? new String(utf8, UTF_8) : String.valueOf(answer)));
  }
}
