package io.github.wasmspring.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** Reads request bodies, whatever content type they claim, up to a size. */
@Component
class RequestText {

  private final DataSize maxSize;

  RequestText(SampleProperties properties) {
    this.maxSize = properties.maxBodySize();
  }

  byte[] read(HttpServletRequest request) throws IOException {
    return read(request, Integer.MAX_VALUE - 8);
  }

  /** The same where less than usual is enough. */
  byte[] read(HttpServletRequest request, int limit) throws IOException {
    int most = (int) Math.min(limit, this.maxSize.toBytes());
    if (request.getContentLengthLong() > most) {
      throw tooLarge(most);
    }
    byte[] bytes = request.getInputStream().readNBytes(most + 1);
    if (bytes.length > most) {
      throw tooLarge(most);
    }
    return bytes;
  }

  private static ErrorResponseException tooLarge(int most) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.CONTENT_TOO_LARGE, "The body may have %d bytes at most.".formatted(most));
    return new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE, problem, null);
  }
}
