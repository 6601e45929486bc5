package io.github.wasmspring.sample;

import io.github.wasmspring.WasmSource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Says in every answer of the API who gave it: for requests that are refused before anybody
 * answers, who was to be asked.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SourceHeaderFilter extends ApiFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(Answers.SOURCE_HEADER, asked(request).name());
    chain.doFilter(request, new LatestSource(response));
  }

  /** Also where the rest of the request can't be understood. */
  private static WasmSource asked(HttpServletRequest request) {
    String query = request.getQueryString();
    return query != null && query.toLowerCase(Locale.ROOT).contains("mode=java")
        ? WasmSource.FALLBACK
        : WasmSource.WASM;
  }

  /** Who really answered takes the place of who was to be asked. */
  private static final class LatestSource extends HttpServletResponseWrapper {

    private LatestSource(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void addHeader(String name, String value) {
      if (name.equalsIgnoreCase(Answers.SOURCE_HEADER)) {
        setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }
  }
}
