package io.github.wasmspring.internal.load;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Says why nothing came over HTTP; the JDK often has no more than the name of a class for it. */
final class HttpFailures {

  private HttpFailures() {}

  /**
   * @param host that was asked
   */
  static String describe(Throwable failure, String host) {
    if (has(failure, UnresolvedAddressException.class)
        || has(failure, UnknownHostException.class)) {
      return "the host %s is not known to this machine".formatted(host);
    }
    if (has(failure, HttpConnectTimeoutException.class)) {
      return "%s took too long to accept the connection".formatted(host);
    }
    if (has(failure, ConnectException.class)) {
      return "%s accepts no connection; is the server running, and the port right?".formatted(host);
    }
    if (has(failure, CertificateException.class)) {
      return "the certificate of %s is not trusted: %s".formatted(host, failure.getMessage());
    }
    if (has(failure, SSLException.class)) {
      return "no secure connection to %s could be made: %s".formatted(host, failure.getMessage());
    }
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? "%s broke the connection (%s)".formatted(host, failure.getClass().getName())
        : message;
  }

  static boolean has(Throwable failure, Class<?> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
