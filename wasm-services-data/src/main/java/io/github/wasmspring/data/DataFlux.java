package io.github.wasmspring.data;

import java.util.Map;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Pipelines from and to Reactor's publishers, where Reactor is on the class path. */
public final class DataFlux {

  private static final int MOST_AHEAD = 256;

  private DataFlux() {}

  /**
   * The rows of a pipeline, which is run anew for each subscriber, on a thread that may wait. Rows
   * are made when they are requested, a chunk at a time. Cancelling ends the run.
   */
  public static Flux<DataRow> rows(DataPipeline pipeline) {
    return Flux.<DataRow, DataRows>generate(
            pipeline::rows,
            (rows, sink) -> {
              if (rows.hasNext()) {
                sink.next(rows.next());
              } else {
                sink.complete();
              }
              return rows;
            },
            DataRows::close)
        .subscribeOn(Schedulers.boundedElastic());
  }

  /**
   * A pipeline over what is published, subscribed to whenever it runs, of which no more than 256
   * rows are requested ahead. It waits for rows, so it is not to be run on a thread that may not.
   */
  public static DataPipeline from(
      DataProcessor processor, DataSchema schema, Publisher<? extends Map<String, ?>> rows) {
    return processor.fromStreams(schema, () -> stream(rows));
  }

  private static Stream<Map<String, ?>> stream(Publisher<? extends Map<String, ?>> rows) {
    return Flux.<Map<String, ?>>from(rows).toStream(MOST_AHEAD);
  }
}
