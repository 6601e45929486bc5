package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.module.WasmOperation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** What a method may have around its answer: a future or Mono, a result, or a result in those. */
final class AnswerWrappers {

  private AnswerWrappers() {}

  /**
   * @throws WasmSignatureException if it has something that it can't be given
   */
  static void check(WasmOperation operation, Method method) {
    Class<?> raw = method.getReturnType();
    boolean future =
        Future.class.isAssignableFrom(raw) || CompletionStage.class.isAssignableFrom(raw);
    if (future && !raw.isAssignableFrom(CompletableFuture.class)) {
      throw unfit(
          operation,
          "it returns a %s, and what answers later is a CompletableFuture or a Mono"
              .formatted(raw.getSimpleName()));
    }
    Type inner = content(method.getGenericReturnType());
    boolean later = future || ReactorSupport.isMono(raw);
    if (isWrapper(inner)
        && !(later && raw(inner) == WasmResult.class && !isWrapper(content(inner)))
        && (later || raw == WasmResult.class)) {
      throw unfit(
          operation,
          "around an answer there can be a WasmResult, a CompletableFuture or Mono, or one of these around a WasmResult");
    }
  }

  private static boolean isWrapper(Type type) {
    Class<?> raw = raw(type);
    return raw == WasmResult.class
        || Future.class.isAssignableFrom(raw)
        || CompletionStage.class.isAssignableFrom(raw)
        || ReactorSupport.isMono(raw);
  }

  private static Type content(Type type) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }

  private static Class<?> raw(Type type) {
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    return type instanceof Class<?> raw ? raw : Object.class;
  }

  private static WasmSignatureException unfit(WasmOperation operation, String why) {
    return new WasmSignatureException(
        "%s can't be called: %s".formatted(operation.describe(), why),
        operation.describe(),
        operation.export(),
        null,
        null,
        List.of());
  }
}
