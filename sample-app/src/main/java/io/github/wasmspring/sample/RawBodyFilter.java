package io.github.wasmspring.sample;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes every body as it is. Clients such as curl call any body a form unless they are told
 * otherwise, and a form would be read for the sake of its parameters; opening the stream first
 * prevents that.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RawBodyFilter extends ApiFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    request.getInputStream();
    chain.doFilter(request, response);
  }
}
