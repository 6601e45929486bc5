package io.github.wasmspring.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Lets the page change plug-ins, one change at a time: slow uploads hold one thread and no more.
 * Pages of other sites, which a browser would do this for as well, are turned away.
 */
@Component
class PluginChanges {

  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Semaphore free = new Semaphore(1);

  /** What is done. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  void make(HttpServletRequest request, Change change) throws IOException {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITE.contains(site)) {
      throw Refusals.refusal(HttpStatus.FORBIDDEN, "Another site has asked for this.");
    }
    if (!this.free.tryAcquire()) {
      throw Refusals.refusal(
          HttpStatus.TOO_MANY_REQUESTS, "Somebody changes the plug-in just now. Try again.");
    }
    try {
      change.make();
    } finally {
      this.free.release();
    }
  }
}
