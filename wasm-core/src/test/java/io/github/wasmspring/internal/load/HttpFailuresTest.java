package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpFailuresTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException(), "accepts no connection"),
        Arguments.of(caused(new ConnectException(), new ClosedChannelException()), "accepts no"),
        Arguments.of(
            caused(new ConnectException(), new UnresolvedAddressException()), "is not known"),
        Arguments.of(new UnknownHostException("a.example"), "is not known"),
        Arguments.of(new HttpConnectTimeoutException("HTTP connect timed out"), "too long"),
        Arguments.of(
            caused(
                new SSLHandshakeException("PKIX path building failed"), new CertificateException()),
            "certificate of a.example:8443 is not trusted: PKIX"),
        Arguments.of(new SSLHandshakeException("no protocol"), "no secure connection"),
        Arguments.of(new ClosedChannelException(), "broke the connection"));
  }

  private static Exception caused(Exception failure, Exception cause) {
    failure.initCause(cause);
    return failure;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatHappenedIsSaidWithTheHost(Exception failure, String words) {
    assertThat(HttpFailures.describe(failure, "a.example:8443"))
        .contains("a.example:8443", words)
        .doesNotContain("ConnectException");
  }

  @Test
  void whatIsExplainedAlreadyStays() {
    assertThat(HttpFailures.describe(new IOException("it is too large"), "a.example"))
        .isEqualTo("it is too large");
  }
}
