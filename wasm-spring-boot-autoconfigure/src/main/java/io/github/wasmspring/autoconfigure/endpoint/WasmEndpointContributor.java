package io.github.wasmspring.autoconfigure.endpoint;

/** Adds to what {@link WasmEndpoint} shows of the application. */
public interface WasmEndpointContributor {

  /** The name of the property that is added, e.g. {@code channels}. */
  String name();

  /** What is the case now, to be written as JSON. */
  Object contribute();
}
