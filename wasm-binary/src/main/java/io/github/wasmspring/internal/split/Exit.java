package io.github.wasmspring.internal.split;

import java.util.List;

/**
 * A branch out of a region.
 *
 * @param label where it goes, counted from the place of the region
 * @param target the block it goes to
 * @param values what it carries
 */
record Exit(int label, int target, List<LocalType> values) {}
