package io.github.wasmspring.binary;

/**
 * A section of a module.
 *
 * @param id see {@link SectionId}
 * @param header the byte that its id is
 * @param start the first byte of its contents
 * @param end the byte after its contents
 */
public record Section(SectionId id, int header, int start, int end) {

  public int length() {
    return this.end - this.start;
  }
}
