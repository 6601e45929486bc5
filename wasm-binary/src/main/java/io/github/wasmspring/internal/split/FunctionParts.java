package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.FunctionType;
import java.util.List;

/**
 * What splitting has made of one function. The pieces have the indices behind all functions of the
 * module, and the types that they need those behind all types.
 *
 * @param bytes what the bodies are in
 * @param offsets where instructions in {@code bytes} stand in the module
 * @param bodies what remains of the function, and then the pieces
 * @param pieceTypes the indices of the types of the pieces
 * @param addedTypes those that the module does not have
 * @param size about how many bytes of JVM bytecode the function would be
 */
public record FunctionParts(
    byte[] bytes,
    OriginalOffsets offsets,
    List<FunctionBody> bodies,
    List<Integer> pieceTypes,
    List<FunctionType> addedTypes,
    int size) {

  public int pieces() {
    return this.pieceTypes.size();
  }
}
