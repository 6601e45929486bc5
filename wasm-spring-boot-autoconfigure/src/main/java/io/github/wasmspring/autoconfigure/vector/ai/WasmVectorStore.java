package io.github.wasmspring.autoconfigure.vector.ai;

import io.github.wasmspring.vector.VectorDocument;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorMatch;
import io.github.wasmspring.vector.VectorMetric;
import io.github.wasmspring.vector.VectorSearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.DocumentMetadata;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.vectorstore.AbstractVectorStoreBuilder;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.filter.Filter;
import org.springframework.ai.vectorstore.observation.AbstractObservationVectorStore;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationContext;

/**
 * Spring AI's vector store over a {@link VectorIndex}. Documents that are added take the place of
 * those with the same ids. The score of a document is the score of the index; with {@link
 * VectorMetric#L2} it is 1 / (1 + squared distance), so that it is between 0 and 1 as Spring AI
 * wants it.
 */
public final class WasmVectorStore extends AbstractObservationVectorStore {

  private static final String SYSTEM = "wasm";

  private final VectorIndex index;

  private WasmVectorStore(Builder builder) {
    super(builder);
    this.index = builder.index;
  }

  /**
   * @param index whose dimensions are those of the model
   */
  public static Builder builder(VectorIndex index, EmbeddingModel embeddingModel) {
    return new Builder(index, embeddingModel);
  }

  /** Collects what a store is made with. */
  public static final class Builder extends AbstractVectorStoreBuilder<Builder> {

    private final VectorIndex index;

    private Builder(VectorIndex index, EmbeddingModel embeddingModel) {
      super(embeddingModel);
      this.index = Objects.requireNonNull(index, "A vector store needs an index");
    }

    @Override
    public WasmVectorStore build() {
      return new WasmVectorStore(this);
    }
  }

  @Override
  public void doAdd(List<Document> documents) {
    List<float[]> vectors =
        this.embeddingModel.embed(
            documents, EmbeddingOptions.builder().build(), this.batchingStrategy);
    List<VectorDocument> embedded = new ArrayList<>();
    for (int at = 0; at < documents.size(); at++) {
      Document document = documents.get(at);
      if (!document.isText()) {
        throw new IllegalArgumentException(
            "Document '%s' has no text, and other media can't be kept".formatted(document.getId()));
      }
      embedded.add(
          new VectorDocument(
              document.getId(), vectors.get(at), document.getText(), document.getMetadata()));
    }
    this.index.upsertAll(embedded);
  }

  @Override
  public void doDelete(List<String> ids) {
    this.index.removeAll(ids);
  }

  @Override
  protected void doDelete(Filter.Expression expression) {
    this.index.removeAll(FilterExpressions.filter(expression));
  }

  @Override
  public List<Document> doSimilaritySearch(SearchRequest request) {
    if (request.getTopK() < 1) {
      return List.of();
    }
    Filter.Expression expression = request.getFilterExpression();
    VectorSearch search =
        VectorSearch.of(this.embeddingModel.embed(request.getQuery()))
            .maxResults(request.getTopK())
            .threshold(threshold(request.getSimilarityThreshold()))
            .filter(expression == null ? null : FilterExpressions.filter(expression))
            .build();
    return this.index.search(search).stream().map(this::document).toList();
  }

  /** What the index calls the score that Spring AI means. */
  private float threshold(double similarity) {
    if (similarity <= SearchRequest.SIMILARITY_THRESHOLD_ACCEPT_ALL) {
      return Float.NEGATIVE_INFINITY;
    }
    boolean distance = this.index.settings().metric() == VectorMetric.L2;
    return (float) (distance ? 1 - 1 / similarity : similarity);
  }

  private Document document(VectorMatch match) {
    boolean distance = this.index.settings().metric() == VectorMetric.L2;
    double score = distance ? 1 / (1 - (double) match.score()) : match.score();
    Map<String, Object> metadata = new HashMap<>(match.metadata());
    metadata.put(DocumentMetadata.DISTANCE.value(), 1 - score);
    return Document.builder()
        .id(match.id())
        .text(Objects.requireNonNullElse(match.text(), ""))
        .metadata(metadata)
        .score(score)
        .build();
  }

  @Override
  public VectorStoreObservationContext.Builder createObservationContextBuilder(String operation) {
    return VectorStoreObservationContext.builder(SYSTEM, operation)
        .collectionName(this.index.name())
        .dimensions(this.index.settings().dimensions())
        .similarityMetric(similarity());
  }

  /** By the names that observations of Spring AI use. */
  private String similarity() {
    return switch (this.index.settings().metric()) {
      case COSINE -> "cosine";
      case DOT -> "dot";
      case L2 -> "euclidean";
    };
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Optional<T> getNativeClient() {
    return (Optional<T>) (Optional<?>) Optional.of(this.index);
  }
}
