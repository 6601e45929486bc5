package io.github.wasmspring.dashboard.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** The headers that others want to see in a request that changes something. */
@FunctionalInterface
public interface CsrfHeaders {

  /** By their names; empty if there are none. */
  Map<String, String> of(HttpServletRequest request);
}
