/** Whole networks from ONNX files, as tasks name them. */
package io.lanewise.benchmarks.model;
