/* Variables that every thread has for itself. */
#include "crew.h"

static _Thread_local int mine = 5;
static int sum;

static void use(void *argument) {
  (void)argument;
  for (int i = 0; i < 1000; i++) {
    mine++;
  }
  __atomic_fetch_add(&sum, mine, __ATOMIC_SEQ_CST);
}

/* (threads + 1) * 1005, and the caller's own one in front: 1005. */
long long EXPORT(locals)(int threads) {
  mine = 5;
  sum = 0;
  struct crew crew = {0};
  crew_start(&crew, threads, use, NULL);
  use(NULL);
  crew_join(&crew);
  return mine * 1000000LL + sum;
}
