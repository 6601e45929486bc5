/* The errors of the module. */
#ifndef FAULT_H
#define FAULT_H

#include "abi.h"
#include "codec.h"

/* Where nothing else is asked for. */
#define DEFAULT_LIMIT (64LL << 20)

abi_result fault_level(int most);
abi_result fault_size(void);
abi_result fault_limit(void);
abi_result fault_memory(void);
abi_result fault_truncated(size_t at);

/* status: one of the failures */
abi_result fault_status(enum codec_status status, size_t at);

#endif
