package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.module.WasmLinkedImport;
import java.util.List;

/** Why an instance can't be given what another one exports. */
public final class LinkRefusals {

  private LinkRefusals() {}

  /**
   * @param wanted the type that the module imports
   */
  public static WasmLinkException otherType(
      WasmImportedItem item, ExternalType wanted, WasmLinkedImport given) {
    return refused(
        item,
        given,
        "the module imports %s.%s %s, but what %s exports for it is %s: change one of the two"
            .formatted(
                item.module(),
                item.name(),
                ExternalTypes.describe(wanted),
                source(given),
                given.value().describe()),
        "change one of the two modules");
  }

  public static WasmLinkException otherEngine(
      WasmImportedItem item, WasmLinkedImport given, String engine) {
    return refused(
        item,
        given,
        "the module imports %s from an instance that was not made by the engine %s; run both modules with the same engine"
            .formatted(item.describe(), engine),
        "run both modules with the same engine");
  }

  /**
   * @param reason what the engine can't, as the end of a sentence, and what to do
   */
  public static WasmLinkException impossible(
      WasmImportedItem item, WasmLinkedImport given, String reason) {
    return refused(
        item,
        given,
        "the module imports %s from %s, and %s".formatted(item.describe(), source(given), reason),
        reason);
  }

  private static String source(WasmLinkedImport given) {
    return given.value() instanceof ExpectedExternal expected
        ? "the module " + expected.owner()
        : "another instance";
  }

  private static WasmLinkException refused(
      WasmImportedItem item, WasmLinkedImport given, String message, String remedy) {
    return new WasmLinkException(
        message, List.of(new WasmUnmetImport(item, given.describe(), remedy)), List.of());
  }
}
