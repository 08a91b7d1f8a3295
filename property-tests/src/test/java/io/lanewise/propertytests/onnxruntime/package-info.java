/** ONNX Runtime behind our {@code Backend}, and what the law-book finds there. */
package io.lanewise.propertytests.onnxruntime;
