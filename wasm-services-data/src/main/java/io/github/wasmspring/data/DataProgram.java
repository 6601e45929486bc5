package io.github.wasmspring.data;

import java.util.List;

/**
 * What is done with the rows of a chunk, as the module takes it.
 *
 * @param words five numbers for each instruction
 * @param texts of literals and patterns
 * @param inputs which columns of the chunk it loads, in the order in which it numbers them
 * @param outputs the types of what it makes
 * @param keys the types of its keys
 * @param labels what users call the parts of it, by the instruction with which each ends
 */
record DataProgram(
    int[] words,
    byte[] texts,
    int[] inputs,
    List<DataType> outputs,
    List<DataType> keys,
    List<Label> labels) {

  /** How many values there can be on the stack; the module has some more. */
  static final int DEPTH = 60;

  static final int INSTRUCTION = 5;

  /**
   * @param end the place of the last instruction
   * @param text an expression, or what is done with a column
   */
  record Label(int end, String text) {}

  boolean uses(int op) {
    for (int at = 0; at < this.words.length; at += INSTRUCTION) {
      if (this.words[at] == op) {
        return true;
      }
    }
    return false;
  }

  String label(int place) {
    for (Label label : this.labels) {
      if (place <= label.end) {
        return label.text;
      }
    }
    return "the program";
  }

  /** The columns that it loads. */
  DataChunk inputs(DataChunk chunk) {
    List<DataColumn> used =
        java.util.Arrays.stream(this.inputs).mapToObj(chunk.columns()::get).toList();
    return new DataChunk(chunk.rows(), used);
  }
}
