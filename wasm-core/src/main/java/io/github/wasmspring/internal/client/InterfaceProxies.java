package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the objects behind {@link WasmModule} interfaces. */
final class InterfaceProxies {

  private final WasmCallConventions conventions;

  InterfaceProxies(WasmCallConventions conventions) {
    this.conventions = conventions;
  }

  /**
   * @param verified the code that the interface must fit, {@code null} to find out call by call
   * @param catalog where the operations are made known by name
   * @param caller runs an operation
   */
  <T> T create(
      Class<T> type,
      ModuleHandle module,
      @Nullable PreparedModule verified,
      @Nullable OperationCatalog catalog,
      BiFunction<OperationHandle, Method, MethodCall> caller) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(
          "%s is not an interface; only interfaces can be bound to modules"
              .formatted(type.getName()));
    }
    return module.within(() -> bind(type, module, verified, catalog, caller));
  }

  private <T> T bind(
      Class<T> type,
      ModuleHandle module,
      @Nullable PreparedModule verified,
      @Nullable OperationCatalog catalog,
      BiFunction<OperationHandle, Method, MethodCall> caller) {
    Map<Method, MethodCall> calls = new HashMap<>();
    AtomicReference<@Nullable T> bean = new AtomicReference<>();
    Supplier<?> proxy = () -> Objects.requireNonNull(bean.get());
    int operations = 0;
    for (Method method : WasmOperations.methods(type)) {
      OperationHandle operation = operation(type, module, method, proxy);
      if (verified != null && !isOperation(operation, method, verified)) {
        calls.put(method, new DefaultMethod(proxy, method)::invoke);
        continue;
      }
      if (catalog != null) {
        catalog.declare(operation);
      }
      calls.put(method, caller.apply(operation, method));
      operations++;
    }
    if (verified != null && operations == 0 && !calls.isEmpty()) {
      throw nothingInCommon(type, verified);
    }
    T made = make(type, calls, type.getName() + " bound to module " + module.descriptor());
    bean.set(made);
    return made;
  }

  private static <T> T make(Class<T> type, Map<Method, MethodCall> calls, String description) {
    Map<Method, BeanMethod> methods = new HashMap<>();
    calls.forEach(
        (method, call) ->
            methods.put(
                method,
                call instanceof BeanMethod known ? known : new OrdinaryMethod(method, call)));
    T bean = BeanClasses.create(type, methods, description);
    return bean != null
        ? bean
        : type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                new ProxyHandler(description, calls)));
  }

  /** An interface of nothing but ordinary methods is a wrong module or a wrong name. */
  private static WasmException nothingInCommon(Class<?> type, PreparedModule verified) {
    Method method = WasmOperations.methods(type).get(0);
    String wanted =
        WasmOperations.methods(type).stream()
            .map(WasmOperations::exportOf)
            .collect(Collectors.joining(", "));
    return new WasmSignatureException(
        "none of the methods of %s has an export in the module: wanted is one of %s, and there are %s"
            .formatted(
                type.getName(), wanted, String.join(", ", verified.code().exports().keySet())),
        WasmOperations.of(type, method).describe(),
        WasmOperations.exportOf(method),
        null,
        null,
        verified.code().exports().values().stream().map(WasmExportedFunction::describe).toList());
  }

  /** A default method without an export is an ordinary Java method. */
  private static boolean isOperation(
      OperationHandle operation, Method method, PreparedModule verified) {
    if (method.isDefault() && !operation.isOfferedBy(verified)) {
      return false;
    }
    operation.invocation(verified);
    return true;
  }

  private OperationHandle operation(
      Class<?> type, ModuleHandle module, Method method, Supplier<?> proxy) {
    WasmOperation operation = WasmOperations.of(type, method);
    WasmJavaFallback fallback = fallback(type, module, method, operation, proxy);
    if (fallback != null) {
      String unfit = fallback.unfitFor(operation);
      if (unfit != null && !isAnswered(type, fallback, method)) {
        throw unfitFallback(operation, unfit);
      }
      fallback = unfit == null ? fallback : null;
    }
    return new OperationHandle(module, operation, fallback, this.conventions);
  }

  /** Of several methods of one name, a fallback need answer for one only. */
  private static boolean isAnswered(Class<?> type, WasmJavaFallback fallback, Method name) {
    return WasmOperations.methods(type).stream()
        .filter(method -> !method.equals(name) && method.getName().equals(name.getName()))
        .anyMatch(method -> fallback.unfitFor(WasmOperations.of(type, method)) == null);
  }

  private static WasmException unfitFallback(WasmOperation operation, String why) {
    return new WasmSignatureException(
        "the Java fallback of %s does not fit: %s".formatted(operation.describe(), why),
        operation.describe(),
        operation.export(),
        null,
        null,
        List.of());
  }

  private static @Nullable WasmJavaFallback fallback(
      Class<?> type,
      ModuleHandle module,
      Method method,
      WasmOperation operation,
      Supplier<?> proxy) {
    if (method.isDefault()) {
      return new DefaultMethodFallback(method, new DefaultMethod(proxy, method));
    }
    return operation.batch() == null
        ? module.descriptor().fallbacks().get(operation.name())
        : BatchFallbacks.find(
            module.descriptor(),
            operation,
            type,
            found -> new DefaultMethodFallback(found, new DefaultMethod(proxy, found)));
  }

  /** The id that an interface names. */
  static String idOf(Class<?> type) {
    WasmModule annotation = type.getAnnotation(WasmModule.class);
    String id = annotation == null ? "" : annotation.value() + annotation.id();
    if (annotation == null || id.isEmpty()) {
      throw new IllegalArgumentException(
          "%s names no module; put @WasmModule(\"…\") on it".formatted(type.getName()));
    }
    return literal(type, annotation.value().isEmpty() ? annotation.id() : annotation.value());
  }

  static String rangeOf(Class<?> type) {
    WasmModule annotation = type.getAnnotation(WasmModule.class);
    return annotation == null ? "" : literal(type, annotation.version());
  }

  /** Placeholders are what an application's properties say, and nobody here knows them. */
  private static String literal(Class<?> type, String text) {
    if (text.contains("${")) {
      throw new IllegalArgumentException(
          "%s has the placeholder '%s' in its @WasmModule, which is resolved for beans only; say what is meant: bind(type, id, range)"
              .formatted(type.getName(), text));
    }
    return text;
  }

  private record ProxyHandler(String description, Map<Method, MethodCall> calls)
      implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      MethodCall call = this.calls.get(method);
      if (call != null) {
        return call.invoke(arguments);
      }
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> this.description;
      };
    }
  }

  private static final class OrdinaryMethod extends BeanMethod {

    private final MethodCall call;

    OrdinaryMethod(Method method, MethodCall call) {
      super(method);
      this.call = call;
    }

    @Override
    public @Nullable Object invoke(Object @Nullable [] arguments) throws Throwable {
      return this.call.invoke(arguments);
    }
  }

  /** What a method of a proxy does. */
  @FunctionalInterface
  interface MethodCall {
    @Nullable Object invoke(Object @Nullable [] arguments) throws Throwable;
  }

  /** The answer of a default method, without what its return type wraps around it. */
  private record DefaultMethodFallback(Method method, DefaultMethod inJava)
      implements WasmJavaFallback {

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
      return MethodArguments.unwrap(
          this.inJava.invoke(MethodArguments.withDefaults(this.method, arguments)));
    }

    @Override
    public @Nullable String missingLibrary() {
      return WasmOperations.missingLibrary(this.method);
    }
  }
}
