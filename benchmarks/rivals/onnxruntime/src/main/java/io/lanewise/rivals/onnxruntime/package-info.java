/** ONNX Runtime on models of one node each. */
package io.lanewise.rivals.onnxruntime;
