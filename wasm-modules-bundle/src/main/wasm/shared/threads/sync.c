/* Mutex, condition and semaphore. A thread that has to wait sleeps until it is woken at an address. */
#include "threads.h"

#define FREE 0
#define HELD 1
#define CONTENDED 2 /* held, and somebody may be waiting */

#define FOR_EVER (-1LL)
#define TIMED_OUT 2

static int32_t load(int32_t *at) { return __atomic_load_n(at, __ATOMIC_SEQ_CST); }

/* Whether *at was expected; only then it is replaced. */
static bool replace(int32_t *at, int32_t expected, int32_t replacement) {
  return __atomic_compare_exchange_n(at, &expected, replacement, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_SEQ_CST);
}

static bool wait_while(int32_t *at, int32_t expected, int64_t nanos) {
  return __builtin_wasm_memory_atomic_wait32(at, expected, nanos) != TIMED_OUT;
}

static void wake(int32_t *at, uint32_t most) { __builtin_wasm_memory_atomic_notify(at, most); }

bool mutex_try_lock(struct mutex *mutex) { return replace(&mutex->state, FREE, HELD); }

void mutex_lock(struct mutex *mutex) {
  if (mutex_try_lock(mutex)) {
    return;
  }
  while (__atomic_exchange_n(&mutex->state, CONTENDED, __ATOMIC_SEQ_CST) != FREE) {
    wait_while(&mutex->state, CONTENDED, FOR_EVER);
  }
}

void mutex_unlock(struct mutex *mutex) {
  if (__atomic_exchange_n(&mutex->state, FREE, __ATOMIC_SEQ_CST) == CONTENDED) {
    wake(&mutex->state, 1);
  }
}

bool condition_wait_for(struct condition *condition, struct mutex *mutex, int64_t nanos) {
  int32_t before = load(&condition->sequence);
  mutex_unlock(mutex);
  bool woken = wait_while(&condition->sequence, before, nanos);
  mutex_lock(mutex);
  return woken;
}

void condition_wait(struct condition *condition, struct mutex *mutex) {
  condition_wait_for(condition, mutex, FOR_EVER);
}

static void advance(struct condition *condition, uint32_t most) {
  __atomic_fetch_add(&condition->sequence, 1, __ATOMIC_SEQ_CST);
  wake(&condition->sequence, most);
}

void condition_signal(struct condition *condition) { advance(condition, 1); }

void condition_broadcast(struct condition *condition) { advance(condition, UINT32_MAX); }

bool semaphore_try_acquire(struct semaphore *semaphore) {
  int32_t now = load(&semaphore->permits);
  while (now > 0) {
    if (replace(&semaphore->permits, now, now - 1)) {
      return true;
    }
    now = load(&semaphore->permits);
  }
  return false;
}

void semaphore_acquire(struct semaphore *semaphore) {
  while (!semaphore_try_acquire(semaphore)) {
    __atomic_fetch_add(&semaphore->waiting, 1, __ATOMIC_SEQ_CST);
    wait_while(&semaphore->permits, 0, FOR_EVER);
    __atomic_fetch_sub(&semaphore->waiting, 1, __ATOMIC_SEQ_CST);
  }
}

void semaphore_release(struct semaphore *semaphore) {
  __atomic_fetch_add(&semaphore->permits, 1, __ATOMIC_SEQ_CST);
  if (load(&semaphore->waiting) > 0) {
    wake(&semaphore->permits, 1);
  }
}
