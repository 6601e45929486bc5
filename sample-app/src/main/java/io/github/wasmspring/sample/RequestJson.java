package io.github.wasmspring.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads request bodies that are JSON, whatever content type they claim, up to a size. */
@Component
class RequestJson {

  private final RequestText text;
  private final JsonMapper mapper;

  RequestJson(RequestText text, JsonMapper mapper) {
    this.text = text;
    this.mapper = mapper;
  }

  /** A body as the type has it; never {@code null}. */
  <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
    T body;
    try {
      body = this.mapper.readValue(this.text.read(request), type);
    } catch (JacksonException wrong) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "The body is not the JSON that is expected here: " + wrong.getOriginalMessage(),
          wrong);
    }
    if (body == null) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "The body must be a JSON object, not null.");
    }
    return body;
  }
}
