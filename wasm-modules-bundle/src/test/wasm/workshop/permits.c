/* So many threads at a time and no more, because of a semaphore. */
#include "crew.h"

struct room {
  struct semaphore places;
  int inside;
  int most;
  int entered;
  int rounds;
};

static void enter(void *argument) {
  struct room *room = argument;
  for (int i = 0; i < room->rounds; i++) {
    semaphore_acquire(&room->places);
    int inside = __atomic_add_fetch(&room->inside, 1, __ATOMIC_SEQ_CST);
    int most = __atomic_load_n(&room->most, __ATOMIC_SEQ_CST);
    while (inside > most && !__atomic_compare_exchange_n(&room->most, &most, inside, 0,
                                                         __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
    }
    __atomic_add_fetch(&room->entered, 1, __ATOMIC_SEQ_CST);
    __atomic_sub_fetch(&room->inside, 1, __ATOMIC_SEQ_CST);
    semaphore_release(&room->places);
  }
}

/* How often it was entered, * 100, and how many were inside at most. */
int EXPORT(enter)(int threads, int places, int rounds) {
  struct room room = {.places = {.permits = places}, .rounds = rounds};
  struct crew crew = {0};
  crew_start(&crew, threads, enter, &room);
  enter(&room);
  crew_join(&crew);
  return semaphore_try_acquire(&room.places) ? room.entered * 100 + room.most : -1;
}
