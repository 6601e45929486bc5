// Times kernels in C and prints one JSON object a line.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static int batches = 7;
static double batch_micros = 200000;
static const char *wanted;
static const char *numbers = "numbers"; // or "samples"

// By the arguments of a program: one kernel, in batches of that many milliseconds.
static void choose(int count, char **arguments) {
  if (count > 2) {
    wanted = arguments[1];
    batch_micros = atof(arguments[2]) * 1000;
    batches = 25;
  }
}

// Few numbers as they are, of many their count, sum and weighted sum.
static void answer(int n, double (*at)(int)) {
  double sum = 0, weighted = 0;
  for (int i = 0; i < n; i++) sum += at(i), weighted += at(i) * (i % 7 + 1);
  if (n > 64)
    printf("%s %d %.9g %.9g", numbers, n, sum, weighted);
  else
    for (int i = 0; i < n; i++) printf(i ? " %.9g" : "exactly %.9g", at(i));
}

// The median, the 10th and the 90th percentile of batches.
static void measure(const char *module, const char *kernel, void (*run)(void), int n, double (*at)(int)) {
  double times[100];
  int repetitions = 1;
  if (wanted && strcmp(wanted, kernel)) return;
  for (double took = 0; took < batch_micros; repetitions *= 2) {
    double start = now();
    for (int i = 0; i < repetitions; i++) run();
    took = now() - start;
  }
  for (int batch = 0; batch < batches; batch++) {
    double start = now();
    for (int i = 0; i < repetitions; i++) run();
    times[batch] = (now() - start) / repetitions;
  }
  qsort(times, batches, sizeof *times, ascending);
  printf("{\"kernel\":\"%s.%s\",\"peer\":\"native\",\"micros\":%f,\"p10\":%f,\"p90\":%f,\"answer\":\"", module, kernel,
         times[batches / 2], times[batches / 10], times[batches - 1 - batches / 10]);
  answer(n, at);
  printf("\"}\n");
}
