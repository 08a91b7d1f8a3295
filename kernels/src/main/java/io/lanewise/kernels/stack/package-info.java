/**
 * What follows from a stack of layers without running it: sizes, receptive fields, operations,
 * parameters, memory.
 */
package io.lanewise.kernels.stack;
