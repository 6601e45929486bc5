/* Threads that all do the same. */
#ifndef CREW_H
#define CREW_H

#include <stdlib.h>

#include "threads.h"

#define EXPORT(name) __attribute__((export_name(#name))) op_##name
#define MAX_CREW 16

struct crew {
  struct thread *threads[MAX_CREW];
  int size;
};

/* Fewer than wanted, where the host doesn't allow more. */
static inline void crew_start(struct crew *crew, int wanted, void (*run)(void *), void *argument) {
  while (crew->size < wanted && crew->size < MAX_CREW) {
    struct thread *thread = thread_start(run, argument);
    if (thread == NULL) {
      return;
    }
    crew->threads[crew->size++] = thread;
  }
}

static inline void crew_join(struct crew *crew) {
  while (crew->size > 0) {
    thread_join(crew->threads[--crew->size]);
  }
}

#endif
