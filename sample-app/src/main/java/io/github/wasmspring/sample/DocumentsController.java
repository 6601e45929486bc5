package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Searches one's own documents: by vectors, and by words. Nothing of them is kept. */
@RestController
class DocumentsController {

  private static final int MOST_DOCUMENTS = 1000;
  private static final int MOST_CHARACTERS = 200_000;
  private static final int LONGEST_QUESTION = 1000;
  private static final int SHOWN = 5;
  private static final Pattern BETWEEN_DOCUMENTS = Pattern.compile("\\R\\s*\\R");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  /**
   * @param documents with empty lines between them
   */
  record Question(@Nullable String documents, @Nullable String question) {}

  record Near(String text, float score) {}

  /**
   * @param documents how many there are
   * @param near by their vectors, the nearest first
   * @param words by their words, the best first; each a text whose every second piece was found
   */
  record Found(int documents, List<Near> near, List<List<String>> words) {}

  private final RequestJson requestJson;
  private final DocumentSearch vectors;
  private final FullTextSearch words;

  DocumentsController(RequestJson requestJson, DocumentSearch vectors, FullTextSearch words) {
    this.requestJson = requestJson;
    this.vectors = vectors;
    this.words = words;
  }

  @PostMapping("/api/documents/search")
  ResponseEntity<Found> search(
      HttpServletRequest request, @RequestParam(defaultValue = "AUTO") WasmExecutionMode mode)
      throws IOException, SQLException {
    Question asked = this.requestJson.read(request, Question.class);
    String question = asked.question() == null ? "" : asked.question();
    String text = asked.documents() == null ? "" : asked.documents();
    Refusals.refuseIf(!WORD.matcher(question).find(), "Ask with a word at least.");
    Refusals.refuseIf(
        question.length() > LONGEST_QUESTION, "A question has 1,000 characters at most.");
    Refusals.refuseIf(
        text.length() > MOST_CHARACTERS, "The documents have 200,000 characters at most.");
    List<String> documents = documents(text);
    Refusals.refuseIf(documents.isEmpty(), "There is no document with a word in it.");
    Refusals.refuseIf(documents.size() > MOST_DOCUMENTS, "There can be 1,000 documents at most.");
    DocumentSearch.Found found = this.vectors.nearest(documents, question, SHOWN, mode);
    return Answers.of(
        found.source(),
        found.duration(),
        new Found(
            documents.size(),
            found.near().stream()
                .map(near -> new Near(documents.get(near.place()), near.score()))
                .toList(),
            this.words.search(documents, question, SHOWN).stream()
                .map(FullTextSearch.Hit::pieces)
                .toList()));
  }

  private static List<String> documents(String text) {
    return Arrays.stream(BETWEEN_DOCUMENTS.split(text))
        .map(String::strip)
        .filter(each -> WORD.matcher(each).find())
        .toList();
  }
}
