package io.github.wasmspring.autoconfigure.vector.ai;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** Counts words by their hashes: texts with the same words are near to each other. */
final class WordsEmbeddingModel implements EmbeddingModel {

  static final int DIMENSIONS = 64;

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    List<Embedding> embeddings = new ArrayList<>();
    for (String text : request.getInstructions()) {
      embeddings.add(new Embedding(embedding(text), embeddings.size()));
    }
    return new EmbeddingResponse(embeddings);
  }

  @Override
  public float[] embed(Document document) {
    return embedding(document.getText());
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  private static float[] embedding(String text) {
    float[] embedding = new float[DIMENSIONS];
    embedding[0] = 0.1f;
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
      embedding[Math.floorMod(word.hashCode(), DIMENSIONS)]++;
    }
    return embedding;
  }
}
