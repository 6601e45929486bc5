/* What is compiled into other functions stays at its own lines. */

static inline int quotient(int dividend, int divisor) {
  return
      dividend
      / divisor;
}
