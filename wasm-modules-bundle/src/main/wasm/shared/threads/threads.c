/* Threads on wasi-threads: each is an instance of the module over the same memory. */
#include "threads.h"

#include <stdlib.h>

#define ALIGNMENT 16u

/* What the host hands to the new instance. The first two are read before there is a stack. */
struct thread {
  void *stack;
  int32_t ended;
  void (*run)(void *);
  void *argument;
  void *local;
};

__attribute__((import_module("wasi"), import_name("thread-spawn"))) int32_t
host_thread_spawn(struct thread *thread);

/* Made by the linker: copies the thread-local variables to a place of the thread's own. */
void __wasm_init_tls(void *block);

/*
 * The host begins here. Nothing of the thread's stack is used any more when it is said to have ended,
 * for whoever joins it frees that.
 */
__asm__(".globaltype __stack_pointer, i32\n"
        ".functype thread_run (i32) -> ()\n"
        ".section .text.wasi_thread_start,\"\",@\n"
        ".globl wasi_thread_start\n"
        ".type wasi_thread_start,@function\n"
        ".export_name wasi_thread_start, wasi_thread_start\n"
        "wasi_thread_start:\n"
        ".functype wasi_thread_start (i32, i32) -> ()\n"
        "local.get 1\n"
        "i32.load 0\n"
        "global.set __stack_pointer\n"
        "local.get 1\n"
        "call thread_run\n"
        "local.get 1\n"
        "i32.const 1\n"
        "i32.atomic.store 4\n"
        "local.get 1\n"
        "i32.const 1\n"
        "memory.atomic.notify 4\n"
        "drop\n"
        "end_function\n");

__attribute__((used)) void thread_run(struct thread *thread) {
  if (__builtin_wasm_tls_size() > 0) {
    __wasm_init_tls(thread->local);
  }
  thread->run(thread->argument);
}

static uintptr_t aligned(uintptr_t address) {
  return (address + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
}

/* One block holds the thread, its variables and its stack, which grows down towards them. */
struct thread *thread_start(void (*run)(void *), void *argument) {
  size_t variables = __builtin_wasm_tls_size();
  size_t margin = ALIGNMENT + __builtin_wasm_tls_align();
  struct thread *thread = malloc(sizeof(struct thread) + variables + 2 * margin + THREAD_STACK);
  if (thread == NULL) {
    return NULL;
  }
  uintptr_t local = aligned((uintptr_t)(thread + 1));
  if (__builtin_wasm_tls_align() > ALIGNMENT) {
    local = (local + __builtin_wasm_tls_align() - 1) & ~(uintptr_t)(__builtin_wasm_tls_align() - 1);
  }
  *thread = (struct thread){.stack = (void *)(aligned(local + variables) + THREAD_STACK),
                            .run = run,
                            .argument = argument,
                            .local = (void *)local};
  if (host_thread_spawn(thread) < 0) {
    free(thread);
    return NULL;
  }
  return thread;
}

void thread_join(struct thread *thread) {
  while (__atomic_load_n(&thread->ended, __ATOMIC_SEQ_CST) == 0) {
    __builtin_wasm_memory_atomic_wait32(&thread->ended, 0, -1);
  }
  free(thread);
}
