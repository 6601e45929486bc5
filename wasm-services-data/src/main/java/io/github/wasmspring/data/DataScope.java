package io.github.wasmspring.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that an expression can name. */
interface DataScope {

  /** What puts a column on the stack, {@code null} if there is none of that name. */
  @Nullable DataCode load(String name);

  List<String> names();

  /** Of literals. */
  DataTexts texts();
}
