/**
 * From the descriptor of a module to instances that calls can borrow: reads its bytes, refuses what
 * can't run, decides whether it is interpreted or compiled first, moves it from one to the other,
 * and puts a pool around it. What comes in is a descriptor; what goes out is a {@link
 * io.github.wasmspring.internal.prepare.PreparedModule}.
 */
@NullMarked
package io.github.wasmspring.prepare;

import org.jspecify.annotations.NullMarked;
