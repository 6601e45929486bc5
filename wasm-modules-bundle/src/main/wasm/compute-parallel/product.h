/* The matrix product, cut into pieces that any number of threads work on at the same time. */
#ifndef PRODUCT_H
#define PRODUCT_H

#include <stddef.h>
#include <stdint.h>

#define WIDE 4 /* columns that are copied together */

/* a (m x k) times b (k x n); all of them row by row. */
struct product {
  const void *a;
  const void *b;
  void *result;
  size_t m;
  size_t k;
  size_t n;
  uint32_t next; /* the first piece that nobody has taken */
};

/* Into how many pieces it is cut. */
uint32_t product_pieces(const struct product *product);

/*
 * Takes pieces until there are none. Each number is the sum of its products from the first to the
 * last, whoever works it out.
 *
 * panel: room for k * WIDE numbers, for this thread alone
 */
void product_work_f32(struct product *product, float *panel);
void product_work_f64(struct product *product, double *panel);

#endif
