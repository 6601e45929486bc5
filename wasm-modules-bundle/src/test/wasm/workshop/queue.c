/* A queue of bounded length between threads that put numbers in and the caller, who takes them out. */
#include "crew.h"

#define ROOM 4

struct queue {
  struct mutex mutex;
  struct condition not_full;
  struct condition not_empty;
  int items[ROOM];
  int head;
  int count;
  int each; /* how many every producer puts in */
};

static void put(struct queue *queue, int item) {
  mutex_lock(&queue->mutex);
  while (queue->count == ROOM) {
    condition_wait(&queue->not_full, &queue->mutex);
  }
  queue->items[(queue->head + queue->count++) % ROOM] = item;
  condition_signal(&queue->not_empty);
  mutex_unlock(&queue->mutex);
}

static int take(struct queue *queue) {
  mutex_lock(&queue->mutex);
  while (queue->count == 0) {
    condition_wait(&queue->not_empty, &queue->mutex);
  }
  int item = queue->items[queue->head];
  queue->head = (queue->head + 1) % ROOM;
  queue->count--;
  condition_broadcast(&queue->not_full);
  mutex_unlock(&queue->mutex);
  return item;
}

static void produce(void *argument) {
  struct queue *queue = argument;
  for (int i = 1; i <= queue->each; i++) {
    put(queue, i);
  }
}

/* The sum of all that came through: producers * (1 + 2 + … + each). */
long long EXPORT(produce)(int producers, int each) {
  struct queue queue = {.each = each};
  struct crew crew = {0};
  crew_start(&crew, producers, produce, &queue);
  long long sum = 0;
  for (int i = 0; i < crew.size * each; i++) {
    sum += take(&queue);
  }
  crew_join(&crew);
  return sum;
}

/* 1 if waiting for what never comes ends by itself, after nanos. */
int EXPORT(wait_in_vain)(long long nanos) {
  struct mutex mutex = {0};
  struct condition never = {0};
  mutex_lock(&mutex);
  int woken = condition_wait_for(&never, &mutex, nanos);
  int held = !mutex_try_lock(&mutex);
  mutex_unlock(&mutex);
  return !woken && held;
}

/* Takes a mutex twice, which is never granted. */
void EXPORT(deadlock)(void) {
  struct mutex mutex = {0};
  mutex_lock(&mutex);
  mutex_lock(&mutex);
}

static void hang(void *argument) { mutex_lock(argument); }

/* Several threads and the caller wait for a mutex that nobody gives back. */
void EXPORT(deadlock_of_many)(int threads) {
  struct mutex mutex = {0};
  mutex_lock(&mutex);
  struct crew crew = {0};
  crew_start(&crew, threads, hang, &mutex);
  crew_join(&crew);
}
