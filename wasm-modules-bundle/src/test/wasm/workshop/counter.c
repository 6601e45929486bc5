/* A plain number that several threads count up, one at a time because of a mutex. */
#include "crew.h"

struct counter {
  struct mutex mutex;
  long long value;
  int rounds;
};

static void count(void *argument) {
  struct counter *counter = argument;
  for (int i = 0; i < counter->rounds; i++) {
    mutex_lock(&counter->mutex);
    counter->value++;
    mutex_unlock(&counter->mutex);
  }
}

static void pass(void *argument) {
  mutex_lock(argument);
  mutex_unlock(argument);
}

/* How many of the wanted threads there are at the same time. */
int EXPORT(room_for)(int wanted) {
  struct mutex mutex = {0};
  struct crew crew = {0};
  mutex_lock(&mutex);
  crew_start(&crew, wanted, pass, &mutex);
  int started = crew.size;
  mutex_unlock(&mutex);
  crew_join(&crew);
  return started;
}

/* What threads + 1 of them count up to, the caller among them, or -1 if not all could be started. */
long long EXPORT(count)(int threads, int rounds) {
  struct counter counter = {.rounds = rounds};
  struct crew crew = {0};
  crew_start(&crew, threads, count, &counter);
  int started = crew.size;
  count(&counter);
  crew_join(&crew);
  return started == threads ? counter.value : -1;
}
