package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Has the classes of one compiled module, and of nothing else. */
final class CompiledClassLoader extends ClassLoader {

  /** Those that are not defined yet: the JVM has its own form of the others. */
  private final Map<String, byte[]> pending;

  /**
   * @param name shown in stack traces
   */
  CompiledClassLoader(String name, Map<String, byte[]> classes) {
    super(name, Instance.class.getClassLoader());
    this.pending = new HashMap<>(classes);
  }

  /** Defines and verifies all classes and answers what makes the machine of an instance. */
  Function<Instance, Machine> load(String mainClass) {
    try {
      for (String name : List.copyOf(this.pending.keySet())) {
        Class.forName(name, true, this);
      }
      Constructor<?> constructor =
          Class.forName(mainClass, true, this)
              .asSubclass(Machine.class)
              .getConstructor(Instance.class);
      return factory(MethodHandles.publicLookup().unreflectConstructor(constructor));
    } catch (ReflectiveOperationException | ClassCastException wrong) {
      throw new LinkageError("The compiled classes don't fit together: " + wrong, wrong);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = this.pending.remove(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @SuppressWarnings("unchecked")
  private static Function<Instance, Machine> factory(MethodHandle constructor) {
    return MethodHandleProxies.asInterfaceInstance(Function.class, constructor);
  }
}
