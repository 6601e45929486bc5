package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.client.WasmModuleManager;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of an operation that becomes a tool; all of it may be left out. */
public final class WasmToolOperation {

  final String module;
  final String operation;
  final Map<String, String> descriptions = new LinkedHashMap<>();
  final List<WasmToolParameter> parameters = new ArrayList<>();
  String range = WasmModuleManager.DEFAULT;
  @Nullable String name;
  @Nullable String description;
  @Nullable Type answer;
  @Nullable WasmToolLimits limits;

  WasmToolOperation(String module, String operation) {
    this.module = module;
    this.operation = operation;
  }

  /** The range of versions that will do; else the default version is called. */
  public WasmToolOperation version(String versions) {
    this.range = versions;
    return this;
  }

  /** What the model calls it; else {@code <module>_<operation>}. */
  public WasmToolOperation name(String tool) {
    this.name = tool;
    return this;
  }

  /** What it is for; else its signature and the description of its module. */
  public WasmToolOperation description(String text) {
    this.description = text;
    return this;
  }

  /** What a parameter is for that an interface of the module declares. */
  public WasmToolOperation describe(String parameter, String text) {
    this.descriptions.put(parameter, text);
    return this;
  }

  /**
   * The next parameter of an operation that no interface declares: its name for the model, and what
   * it becomes in Java.
   */
  public WasmToolOperation parameter(String parameter, Type type, String text) {
    this.parameters.add(new WasmToolParameter(parameter, type, text, true));
    return this;
  }

  /** What an operation answers that no interface declares. */
  public WasmToolOperation answer(Type type) {
    this.answer = type;
    return this;
  }

  /** Other limits than those of all. */
  public WasmToolOperation limits(WasmToolLimits own) {
    this.limits = own;
    return this;
  }
}
