package io.github.wasmspring.module;

import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSignatureException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads batches off methods that are marked with {@link WasmBatch}. */
final class BatchMethods {

  private BatchMethods() {}

  /**
   * @param declared the method with the types that it has
   * @throws WasmSignatureException if it can't be a batch
   */
  static WasmOperation of(Method method, WasmOperation declared) {
    List<WasmParameter> parameters = new ArrayList<>();
    List<Boolean> each = new ArrayList<>();
    for (WasmParameter parameter : declared.parameters()) {
      if (parameter.inOut()) {
        throw unfit(
            method,
            declared,
            "the parameter '%s' is @InOut, and a batch changes no argument"
                .formatted(parameter.name()));
      }
      boolean list = isList(parameter.type());
      each.add(list);
      parameters.add(
          list
              ? new WasmParameter(
                  parameter.name(), required(method, declared, element(parameter.type())))
              : parameter);
    }
    if (!each.contains(true)) {
      throw unfit(method, declared, "a batch needs at least one parameter that is a List");
    }
    Type answer = answer(method, declared);
    boolean keepsErrors = isResult(answer);
    if (keepsErrors && hasResultAround(method.getGenericReturnType())) {
      throw unfit(
          method, declared, "either the list or its elements can be a WasmResult, but not both");
    }
    if (keepsErrors) {
      answer = ((ParameterizedType) answer).getActualTypeArguments()[0];
    }
    return declared.with(
        new WasmBatchShape(
            new WasmOperation(
                declared.name(),
                declared.export(),
                parameters,
                answer == Void.class ? void.class : answer),
            each,
            keepsErrors));
  }

  private static Type answer(Method method, WasmOperation declared) {
    if (declared.returnType() == void.class) {
      return void.class;
    }
    if (!isList(declared.returnType())) {
      throw unfit(method, declared, "a batch returns a List of the answers, or void");
    }
    return required(method, declared, element(declared.returnType()));
  }

  private static boolean isResult(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == WasmResult.class;
  }

  private static boolean hasResultAround(Type type) {
    return isResult(type)
        || type instanceof ParameterizedType generic
            && generic.getRawType() != List.class
            && hasResultAround(generic.getActualTypeArguments()[0]);
  }

  private static boolean isList(Type type) {
    return type == List.class
        || type instanceof ParameterizedType generic && generic.getRawType() == List.class;
  }

  private static @Nullable Type element(Type list) {
    if (!(list instanceof ParameterizedType generic)) {
      return null;
    }
    Type element = generic.getActualTypeArguments()[0];
    return element instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : element;
  }

  private static Type required(Method method, WasmOperation declared, @Nullable Type element) {
    if (element == null) {
      throw unfit(method, declared, "the lists of a batch must say of what they are");
    }
    return element;
  }

  private static WasmSignatureException unfit(Method method, WasmOperation declared, String why) {
    return new WasmSignatureException(
        "%s of %s is marked with @WasmBatch: %s"
            .formatted(declared.describe(), method.getDeclaringClass().getName(), why),
        declared.describe(),
        declared.export(),
        null,
        null,
        List.of());
  }
}
