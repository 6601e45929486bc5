/*
 * The guest side of the buffer convention, as src/lib.rs has it in Rust:
 *
 * - wasm_alloc(len) -> ptr and wasm_free(ptr, len) let the host place its arguments here.
 * - A buffer argument arrives as (ptr, len); the host frees it after the call.
 * - A buffer result leaves as an i64, ptr << 32 | len; the host frees it too.
 * - An error result is the same with bit 63 set; the buffer is {"code","message","offset"?}.
 * - wasm_free_total() -> bytes and wasm_free_largest() -> bytes say how much of the memory is free,
 *   and how much of that is in one piece.
 */
#ifndef ABI_H
#define ABI_H

#include <stddef.h>
#include <stdint.h>

/* The function is called differently here, so that its name can't clash with one of a library. */
#define EXPORT(name) __attribute__((export_name(#name))) op_##name

/* For errors that have no place in the input. */
#define NO_OFFSET (-1LL)

typedef uint64_t abi_result;

/* Hands len bytes at ptr, which came from malloc, to the host. */
abi_result abi_buffer(void *ptr, size_t len);

/* Hands an error to the host. Neither text may hold a character that JSON escapes. */
abi_result abi_error(const char *code, const char *message, int64_t offset);

#endif
