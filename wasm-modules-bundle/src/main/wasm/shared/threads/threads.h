/*
 * Threads for guests in C, on the atomic instructions and on thread-spawn of wasi-threads. The host
 * has to allow them: limits.threads of the module.
 *
 * A call is over when all threads are, so that whoever starts a thread joins it in the same call. What
 * is zero is a mutex that nobody holds, a condition that nobody waits for and a semaphore of 0; none of
 * them has to be initialised otherwise or destroyed. All of them work with plain threads of the guest
 * and the caller alike. malloc and free may be called by every thread.
 */
#ifndef THREADS_H
#define THREADS_H

#include <stdbool.h>
#include <stdint.h>

/* What is started runs on a stack of this many bytes; what is larger belongs to the heap. */
#define THREAD_STACK 65536u

struct thread;

/* Runs run(argument) in a thread of its own; null where there is no memory or no thread left. */
struct thread *thread_start(void (*run)(void *), void *argument);

/* Waits until it has ended and frees it. */
void thread_join(struct thread *thread);

/* Held by one thread at a time, which can't take it twice. */
struct mutex {
  int32_t state;
};

void mutex_lock(struct mutex *mutex);

/* False where another thread holds it. */
bool mutex_try_lock(struct mutex *mutex);

void mutex_unlock(struct mutex *mutex);

/*
 * Something that becomes true while a mutex is held. A thread that wakes up looks whether it is true,
 * and waits again if it isn't: another may have been faster.
 */
struct condition {
  int32_t sequence;
};

/* Gives the mutex up, waits and takes it again. */
void condition_wait(struct condition *condition, struct mutex *mutex);

/* The same for nanos at most; false if that was not enough. */
bool condition_wait_for(struct condition *condition, struct mutex *mutex, int64_t nanos);

/* Wakes one of those that wait. */
void condition_signal(struct condition *condition);

/* Wakes all of them. */
void condition_broadcast(struct condition *condition);

/* So many permits; whoever takes one that is not there waits until another thread gives one. */
struct semaphore {
  int32_t permits;
  int32_t waiting;
};

void semaphore_acquire(struct semaphore *semaphore);

/* False where there is no permit. */
bool semaphore_try_acquire(struct semaphore *semaphore);

void semaphore_release(struct semaphore *semaphore);

#endif
