package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.CompiledModule;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What Chicory's build-time compiler made of a module. Newer classes implement {@link
 * CompiledModule}; older ones have only its static {@code load()} and {@code create(Instance)}.
 */
record PrecompiledClass(WasmModule module, Function<Instance, Machine> machineFactory) {

  /** Whether a class is one of these, or can't be found. */
  static boolean isOrIsMissing(String className, ClassLoader classLoader) {
    try {
      Class<?> type = Class.forName(className, false, classLoader);
      return CompiledModule.class.isAssignableFrom(type)
          || Arrays.stream(type.getMethods())
              .anyMatch(method -> method.getReturnType() == WasmModule.class);
    } catch (ClassNotFoundException | LinkageError missing) {
      return true;
    }
  }

  static PrecompiledClass load(String className, ClassLoader classLoader)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(className, true, classLoader);
    if (CompiledModule.class.isAssignableFrom(type)) {
      CompiledModule compiled = (CompiledModule) type.getConstructor().newInstance();
      return new PrecompiledClass(compiled.wasmModule(), compiled.machineFactory());
    }
    WasmModule module = (WasmModule) type.getMethod("load").invoke(null);
    MethodHandle create =
        MethodHandles.publicLookup()
            .findStatic(type, "create", MethodType.methodType(Machine.class, Instance.class));
    return new PrecompiledClass(module, factory(create));
  }

  @SuppressWarnings("unchecked")
  private static Function<Instance, Machine> factory(MethodHandle create) {
    return MethodHandleProxies.asInterfaceInstance(Function.class, create);
  }
}
