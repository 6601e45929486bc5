/*
 * The allocator of the modules in C: a first-fit list of free blocks in the order of their addresses.
 *
 * It takes the place of wasi-libc's, which is dlmalloc: see decision 6. There is no realloc on purpose.
 * In modules with threads, one of them is in here at a time.
 */
#include "abi.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __wasm_atomics__
#include "threads.h"
static struct mutex lock;
#define ENTER mutex_lock(&lock)
#define LEAVE mutex_unlock(&lock)
#else
#define ENTER
#define LEAVE
#endif

#define PAGE 65536u
#define ALIGN 8u
#define MOST 0x7fff0000u

/* Before every block; the successor means something in a free one only. */
struct block {
  size_t size; /* with this header */
  struct block *next;
};

_Static_assert(sizeof(struct block) == ALIGN, "blocks must stay aligned");

extern char __heap_base;

static struct block *first;
static uintptr_t end;

static uintptr_t after(const struct block *block) { return (uintptr_t)block + block->size; }

/* Puts a block back between its neighbours, and joins it with those that it touches. */
static void release(struct block *block) {
  struct block *previous = NULL;
  struct block *next = first;
  while (next != NULL && next < block) {
    previous = next;
    next = next->next;
  }
  if (next != NULL && after(block) == (uintptr_t)next) {
    block->size += next->size;
    next = next->next;
  }
  block->next = next;
  if (previous != NULL && after(previous) == (uintptr_t)block) {
    previous->size += block->size;
    previous->next = next;
  } else if (previous != NULL) {
    previous->next = block;
  } else {
    first = block;
  }
}

/* The first free block that has size bytes, cut to that size and out of the list; or null. */
static struct block *take(size_t size) {
  struct block **link = &first;
  while (*link != NULL && (*link)->size < size) {
    link = &(*link)->next;
  }
  struct block *found = *link;
  if (found == NULL) {
    return NULL;
  }
  if (found->size - size < 2 * sizeof(struct block)) {
    *link = found->next;
  } else {
    struct block *rest = (struct block *)((uintptr_t)found + size);
    rest->size = found->size - size;
    rest->next = found->next;
    *link = rest;
    found->size = size;
  }
  return found;
}

/* Where the heap begins. */
static uintptr_t base(void) {
  return ((uintptr_t)&__heap_base + ALIGN - 1) & ~(uintptr_t)(ALIGN - 1);
}

static void add(uintptr_t from, uintptr_t to) {
  struct block *block = (struct block *)from;
  block->size = to - from;
  release(block);
}

static size_t free_at_end(void) {
  for (struct block *block = first; block != NULL; block = block->next) {
    if (after(block) == end) {
      return block->size;
    }
  }
  return 0;
}

/* Adds memory for size more bytes, together with what is free at the end; false if there is none. */
static int grow(size_t size) {
  if (end == 0) {
    uintptr_t start = base();
    end = __builtin_wasm_memory_size(0) * PAGE;
    if (end - start >= 2 * sizeof(struct block)) {
      add(start, end);
    }
  }
  size_t have = free_at_end();
  if (have >= size) {
    return 1;
  }
  size_t pages = (size - have + PAGE - 1) / PAGE;
  if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) {
    return 0;
  }
  uintptr_t start = end;
  end += pages * PAGE;
  add(start, end);
  return 1;
}

void *malloc(size_t size) {
  if (size > MOST) {
    return NULL;
  }
  size_t wanted = ((size + ALIGN - 1) & ~(size_t)(ALIGN - 1)) + sizeof(struct block);
  ENTER;
  struct block *block = take(wanted);
  if (block == NULL && grow(wanted)) {
    block = take(wanted);
  }
  LEAVE;
  return block == NULL ? NULL : block + 1;
}

void *calloc(size_t count, size_t size) {
  if (size != 0 && count > MOST / size) {
    return NULL;
  }
  void *block = malloc(count * size);
  if (block != NULL) {
    memset(block, 0, count * size);
  }
  return block;
}

void free(void *ptr) {
  if (ptr != NULL) {
    ENTER;
    release((struct block *)ptr - 1);
    LEAVE;
  }
}

/* A heap that was never used is one free block. */
static size_t never_used(void) {
  return end == 0 ? __builtin_wasm_memory_size(0) * PAGE - base() : 0;
}

size_t EXPORT(wasm_free_total)(void) {
  size_t total = never_used();
  for (struct block *block = first; block != NULL; block = block->next) {
    total += block->size;
  }
  return total;
}

size_t EXPORT(wasm_free_largest)(void) {
  size_t largest = never_used();
  for (struct block *block = first; block != NULL; block = block->next) {
    if (block->size > largest) {
      largest = block->size;
    }
  }
  return largest;
}
