/**
 * Float32 operators in terms of a graph's operations: one class a family, all listed in {@link
 * io.lanewise.onnx.lower.Lowerings}. Shapes are known here, so whatever depends on them alone is
 * decided once.
 */
package io.lanewise.onnx.lower;
