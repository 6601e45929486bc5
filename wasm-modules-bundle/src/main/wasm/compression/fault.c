#include "fault.h"

abi_result fault_level(int most) {
  switch (most) {
  case 9:
    return abi_error("compression.level", "The level must be between 0 and 9", NO_OFFSET);
  case 11:
    return abi_error("compression.level", "The quality must be between 0 and 11", NO_OFFSET);
  default:
    return abi_error("compression.level", "The level must be between 0 and 12", NO_OFFSET);
  }
}

abi_result fault_size(void) {
  return abi_error("compression.size", "A limit or length must not be negative", NO_OFFSET);
}

abi_result fault_limit(void) {
  return abi_error("compression.limit", "The data is larger than the limit", NO_OFFSET);
}

abi_result fault_memory(void) {
  return abi_error("compression.memory", "The memory limit of the module does not suffice",
                   NO_OFFSET);
}

abi_result fault_truncated(size_t at) {
  return abi_error("compression.truncated", "The compressed data ends too early", (int64_t)at);
}

abi_result fault_status(enum codec_status status, size_t at) {
  switch (status) {
  case CODEC_CHECKSUM:
    return abi_error("compression.checksum", "A checksum or length does not match the data",
                     (int64_t)at);
  case CODEC_MEMORY:
    return fault_memory();
  default:
    return abi_error("compression.data", "The compressed data is corrupt", (int64_t)at);
  }
}
