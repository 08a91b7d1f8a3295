package io.lanewise.layers.weights;

import io.lanewise.kernels.tensor.Shape;

/**
 * One tensor as the header states it.
 *
 * @param begin first byte, counted from the start of the data
 * @param end one past the last byte
 */
record TensorEntry(String name, Dtype dtype, Shape shape, long begin, long end) {}
