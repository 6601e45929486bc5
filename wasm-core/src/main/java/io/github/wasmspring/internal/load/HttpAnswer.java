package io.github.wasmspring.internal.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a server said.
 *
 * @param body empty unless the status is 200 and somebody wants it
 * @param uri of the server that said it, after all redirects
 * @param times how often it was asked
 */
record HttpAnswer(int status, HttpHeaders headers, ByteChunks body, URI uri, int times) {

  @Nullable String header(String name) {
    return this.headers.firstValue(name).orElse(null);
  }

  boolean isRedirect() {
    return switch (this.status) {
      case 301, 302, 303, 307, 308 -> header("Location") != null;
      default -> false;
    };
  }

  /**
   * @throws FileNotFoundException if nothing is there
   * @throws IOException for any other status than 200
   */
  HttpAnswer expectOk() throws IOException {
    if (this.status == 404 || this.status == 410) {
      throw new FileNotFoundException("the server answers " + this.status);
    }
    if (this.status != 200) {
      throw new IOException("the server answers " + said());
    }
    return this;
  }

  HttpAnswer asked(int times) {
    return new HttpAnswer(this.status, this.headers, this.body, this.uri, times);
  }

  /** The status, and how often it was that. */
  String said() {
    return this.times == 1
        ? String.valueOf(this.status)
        : "%d, and did so %d times".formatted(this.status, this.times);
  }
}
