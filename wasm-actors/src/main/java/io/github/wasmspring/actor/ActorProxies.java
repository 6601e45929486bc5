package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes the objects behind {@link WasmActor} interfaces. */
final class ActorProxies {

  private static final String MONO = "reactor.core.publisher.Mono";

  private ActorProxies() {}

  /** What calling a method does. */
  private interface Call {

    @Nullable Object make(@Nullable Object body);
  }

  /**
   * @throws IllegalArgumentException if the interface names no type
   */
  static String typeOf(Class<?> type) {
    WasmActor annotation = type.getAnnotation(WasmActor.class);
    if (annotation == null || !type.isInterface()) {
      throw new IllegalArgumentException(
          "%s names no type of actors; put @WasmActor(\"…\") on an interface"
              .formatted(type.getName()));
    }
    return annotation.value();
  }

  static <T> T create(Class<T> type, WasmActorRef actor, WasmActors actors) {
    Map<Method, Call> calls = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (!method.isDefault() && !java.lang.reflect.Modifier.isStatic(method.getModifiers())) {
        calls.put(method, call(method, actor, actors));
      }
    }
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Handler(actor, calls));
    return type.cast(proxy);
  }

  private static Call call(Method method, WasmActorRef actor, WasmActors actors) {
    String name = method.getName();
    Class<?> returned = method.getReturnType();
    if (returned == void.class) {
      return body -> {
        actors.tell(actor, name, body);
        return null;
      };
    }
    if (returned == CompletableFuture.class || returned == CompletionStage.class) {
      Class<?> reply = reply(method);
      return body -> actors.ask(actor, name, body, reply);
    }
    if (returned.getName().equals(MONO)) {
      Class<?> reply = reply(method);
      return body -> ReactorAnswers.mono(() -> actors.ask(actor, name, body, reply));
    }
    return body -> await(actors.ask(actor, name, body, returned));
  }

  private static Class<?> reply(Method method) {
    Type type = method.getGenericReturnType();
    Type argument =
        type instanceof ParameterizedType parameterized
            ? parameterized.getActualTypeArguments()[0]
            : Object.class;
    Type raw = argument instanceof ParameterizedType nested ? nested.getRawType() : argument;
    return raw instanceof Class<?> found ? found : Object.class;
  }

  private static @Nullable Object await(CompletableFuture<?> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof WasmException known ? known : failed;
    }
  }

  private record Handler(WasmActorRef actor, Map<Method, Call> calls) implements InvocationHandler {

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      Call call = this.calls.get(method);
      if (call != null) {
        return call.make(body(method, arguments));
      }
      if (method.isDefault()) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "actor " + this.actor;
      };
    }

    private static @Nullable Object body(Method method, @Nullable Object @Nullable [] arguments) {
      if (arguments == null || arguments.length == 0) {
        return null;
      }
      if (arguments.length == 1) {
        return arguments[0];
      }
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      Parameter[] parameters = method.getParameters();
      for (int i = 0; i < parameters.length; i++) {
        body.put(parameters[i].getName(), arguments[i]);
      }
      return body;
    }
  }
}
