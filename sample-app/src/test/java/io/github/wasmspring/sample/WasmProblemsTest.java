package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Problems say who reported them. */
class WasmProblemsTest {

  @ParameterizedTest
  @CsvSource({
    "chicory-compiled,                , WASM",
    "chicory-compiled, mode=adaptive  , WASM",
    "java            ,                , FALLBACK",
    "java            , a=1&mode=auto  , FALLBACK",
    "java            , mode=JAVA&a=1  , FALLBACK",
    "java            , a=1&mode=adaptive, JAVA"
  })
  void tellsWhoAnswered(String engine, String query, String source) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setQueryString(query);

    assertThat(new WasmProblems().handle(failure(engine), request).getHeaders().toSingleValueMap())
        .containsEntry("X-Wasm-Source", source);
  }

  private static WasmException failure(String engine) {
    return new WasmExecutionException(WasmErrorCategory.INVALID_INPUT, "too long", null)
        .locate(new WasmErrorContext("json", "1.0.0", "minify", engine));
  }
}
