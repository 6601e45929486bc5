/* The operations: matrix products on several threads. */
#include <stdlib.h>

#include "abi.h"
#include "product.h"
#include "threads.h"

#define MAX_PRODUCT (1u << 24)
#define MAX_THREADS 64

/* What one thread has; also that of the caller. */
struct worker {
  struct product *product;
  size_t width; /* bytes of a number */
  void *panel;
  struct thread *thread;
};

static void work(void *argument) {
  struct worker *worker = argument;
  if (worker->width == sizeof(float)) {
    product_work_f32(worker->product, worker->panel);
  } else {
    product_work_f64(worker->product, worker->panel);
  }
}

/* Room for the panels of as many threads as are wanted and useful; fewer if there is no more. */
static int prepare(struct worker *workers, struct product *product, size_t width, int threads) {
  uint32_t pieces = product_pieces(product);
  int count = 0;
  while (count < threads && count < MAX_THREADS && (uint32_t)count < pieces) {
    void *panel = malloc(product->k * WIDE * width);
    if (panel == NULL) {
      break;
    }
    workers[count++] = (struct worker){.product = product, .width = width, .panel = panel};
  }
  return count;
}

/* Runs on the calling thread and on as many others as the host allows. */
static void run(struct worker *workers, int count) {
  for (int i = 1; i < count; i++) {
    workers[i].thread = thread_start(work, &workers[i]);
    if (workers[i].thread == NULL) {
      break;
    }
  }
  work(&workers[0]);
  for (int i = 1; i < count && workers[i].thread != NULL; i++) {
    thread_join(workers[i].thread);
  }
}

static abi_result no_memory(void) {
  return abi_error("compute.memory", "the memory of the module does not suffice", NO_OFFSET);
}

static abi_result multiply(struct product *product, size_t width, int threads) {
  size_t len = product->m * product->n * width;
  product->result = malloc(len);
  if (product->result == NULL) {
    return no_memory();
  }
  struct worker workers[MAX_THREADS];
  int count = prepare(workers, product, width, threads);
  if (count > 0) {
    run(workers, count);
  }
  for (int i = 0; i < count; i++) {
    free(workers[i].panel);
  }
  if (count == 0) {
    free(product->result);
    return no_memory();
  }
  return abi_buffer(product->result, len);
}

static abi_result shape(const char *message) {
  return abi_error("compute.shape", message, NO_OFFSET);
}

static abi_result checked(const void *a, size_t a_len, const void *b, size_t b_len, int m, int k,
                          int n, size_t width, int threads) {
  if (threads < 1) {
    return shape("threads must be at least 1");
  }
  if (m < 1 || k < 1 || n < 1) {
    return shape("m, k and n must be at least 1");
  }
  if ((uint64_t)m * (uint64_t)k * width != a_len) {
    return shape("a must hold m * k numbers");
  }
  if ((uint64_t)k * (uint64_t)n * width != b_len) {
    return shape("b must hold k * n numbers");
  }
  if ((uint64_t)m * (uint64_t)n > MAX_PRODUCT) {
    return abi_error("compute.limit", "the product must not hold more than 16777216 numbers",
                     NO_OFFSET);
  }
  struct product product = {
      .a = a, .b = b, .m = (size_t)m, .k = (size_t)k, .n = (size_t)n};
  return multiply(&product, width, threads);
}

abi_result EXPORT(matmul_f32)(const float *a, size_t a_len, const float *b, size_t b_len, int m,
                              int k, int n, int threads) {
  return checked(a, a_len, b, b_len, m, k, n, sizeof(float), threads);
}

abi_result EXPORT(matmul_f64)(const double *a, size_t a_len, const double *b, size_t b_len, int m,
                              int k, int n, int threads) {
  return checked(a, a_len, b, b_len, m, k, n, sizeof(double), threads);
}
