package io.github.wasmspring.sqlite.tools;

/**
 * How big a database is.
 *
 * @param pages of the file
 * @param freePages that hold nothing
 * @param pageSize in bytes
 */
public record DatabaseSize(long pages, long freePages, long pageSize) {

  /** Pages that hold something. */
  public long usedPages() {
    return this.pages - this.freePages;
  }

  public long bytes() {
    return this.pages * this.pageSize;
  }
}
