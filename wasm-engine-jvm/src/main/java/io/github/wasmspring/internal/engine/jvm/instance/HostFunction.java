package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.internal.engine.jvm.run.GuestException;
import io.github.wasmspring.internal.engine.jvm.run.GuestStop;
import io.github.wasmspring.internal.engine.jvm.run.HostFailure;
import io.github.wasmspring.internal.engine.jvm.run.Trap;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.Collections;
import java.util.List;

/** A function of the host, as guests call it. */
record HostFunction(WasmImportDefinition definition) implements ImportedFunction {

  @Override
  public long[] call(JvmInstance instance, long... arguments) {
    CallingInstance caller = new CallingInstance(instance);
    try {
      return results(this.definition.function().call(caller, arguments));
    } catch (Trap | GuestStop | HostFailure | WasmGuestExit | VirtualMachineError passing) {
      throw passing;
    } catch (GuestException thrown) {
      if (thrown.isOf(instance.context())) {
        throw thrown;
      }
      throw new HostFailure(this.definition.describe(), thrown);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HostFailure(this.definition.describe(), interrupted);
    } catch (Throwable failure) {
      throw new HostFailure(this.definition.describe(), failure);
    } finally {
      caller.close();
    }
  }

  /**
   * What a guest gets is of the number that it expects, whatever the function returned. A vector is
   * two.
   */
  private long[] results(long[] results) {
    List<WasmValueType> types = this.definition.type().results();
    int expected = types.size() + Collections.frequency(types, WasmValueType.V128);
    if (expected > 0 && (results == null || results.length != expected)) {
      throw new IllegalStateException(
          "it returned %s, and its type has %d"
              .formatted(results == null ? "null" : results.length + " results", expected));
    }
    return results;
  }
}
