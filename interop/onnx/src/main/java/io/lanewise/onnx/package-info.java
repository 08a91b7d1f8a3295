/**
 * ONNX models, compiled and run. Start at {@link io.lanewise.onnx.OnnxSession}.
 *
 * <p>{@code file} reads models to the records of {@code model}; {@code host} says what each
 * operator means, in plain Java; {@code lower} turns operators into the operations of a compiled
 * graph; {@code stage} does that for a whole model and a set of input shapes.
 */
package io.lanewise.onnx;
