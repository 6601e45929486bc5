package main

import "unsafe"

// What the host was given and has not freed yet: the collector must leave it alone.
var held = map[uint32][]byte{}

func hold(bytes []byte) uint32 {
	address := uint32(uintptr(unsafe.Pointer(unsafe.SliceData(bytes))))
	held[address] = bytes
	return address
}

// The host calls this for the memory that it puts an argument into.
//
//go:wasmexport wasm_alloc
func allocate(length uint32) uint32 {
	return hold(make([]byte, max(length, 1)))
}

// The host calls this when it needs an argument or an answer no longer.
//
//go:wasmexport wasm_free
func free(address, length uint32) {
	delete(held, address)
}

// Hands bytes to the host.
func answer(bytes []byte) uint64 {
	length := len(bytes)
	if length == 0 {
		bytes = make([]byte, 1)
	}
	return uint64(hold(bytes))<<32 | uint64(length)
}

// Hands an error to the host. Code and message are put into JSON as they are.
func failure(code, message string) uint64 {
	return answer([]byte(`{"code":"`+code+`","message":"`+message+`"}`)) | 1<<63
}
