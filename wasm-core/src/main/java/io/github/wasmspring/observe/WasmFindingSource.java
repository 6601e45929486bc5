package io.github.wasmspring.observe;

import java.util.List;

/** Adds what others have found to the performance report; in Spring, beans of it are asked. */
@FunctionalInterface
public interface WasmFindingSource {

  /** What is the case now; quick, for whoever asks for the report waits for it. */
  List<WasmFinding> findings();
}
