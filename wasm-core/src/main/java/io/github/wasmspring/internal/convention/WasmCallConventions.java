package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.module.ApplicationClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** All conventions, the ones that ask most of a module first. */
public final class WasmCallConventions {

  private final List<WasmCallConvention> conventions;
  private final JsonMapper jsonMapper;

  /**
   * @param further conventions beside those that the {@link ServiceLoader} finds and the built-in
   *     {@code buffer}, {@code wasi-command} and {@code scalar}; asked first
   */
  public WasmCallConventions(List<WasmCallConvention> further, JsonMapper jsonMapper) {
    this.conventions = new ArrayList<>(further);
    ServiceLoader.load(WasmCallConvention.class, ApplicationClassLoader.get())
        .forEach(this.conventions::add);
    this.jsonMapper = jsonMapper;
    ValueCodecs codecs = new ValueCodecs(jsonMapper);
    this.conventions.add(new BufferConvention(codecs));
    this.conventions.add(new CommandConvention(codecs));
    this.conventions.add(new ScalarConvention(codecs));
  }

  /** Writes and reads what crosses as JSON. */
  public JsonMapper jsonMapper() {
    return this.jsonMapper;
  }

  /**
   * The convention of that name or, if it is {@code null}, the first that the module's exports
   * show.
   *
   * @throws WasmLoadException {@code INVALID} if there is none of that name
   */
  public WasmCallConvention of(@Nullable String name, WasmCode code) {
    return this.conventions.stream()
        .filter(each -> name == null ? each.isSpokenBy(code) : each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WasmLoadException(
                    WasmErrorCategory.INVALID,
                    "there is no calling convention '%s'; there are %s"
                        .formatted(
                            name,
                            this.conventions.stream()
                                .map(WasmCallConvention::name)
                                .sorted()
                                .collect(Collectors.joining(", "))),
                    null));
  }
}
