package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether references to functions of other instances can come into those of a module, so that its
 * code has to reckon with them: through what it imports and exports.
 */
final class FunctionExchange {

  private FunctionExchange() {}

  static boolean isPossible(ModuleFacts facts) {
    return Stream.concat(
            facts.imports().stream().map(each -> each.type()),
            facts.exports().stream().map(each -> each.type()))
        .anyMatch(FunctionExchange::carriesFunctions);
  }

  private static boolean carriesFunctions(ExternalType type) {
    if (type instanceof ExternalType.Table table) {
      return isFunction(table.element());
    } else if (type instanceof ExternalType.Global global) {
      return isFunction(global.value());
    } else if (type instanceof ExternalType.Function function) {
      return carriesFunctions(function.signature());
    }
    return type instanceof ExternalType.Tag tag && carriesFunctions(tag.signature());
  }

  private static boolean carriesFunctions(@Nullable FunctionType type) {
    return type != null && (anyFunction(type.parameters()) || anyFunction(type.results()));
  }

  private static boolean anyFunction(List<ValueType> types) {
    return types.stream().anyMatch(FunctionExchange::isFunction);
  }

  private static boolean isFunction(ValueType type) {
    return GuestModule.isReference(type) && GuestModule.type(type) == FunctionSignature.FUNCREF;
  }
}
